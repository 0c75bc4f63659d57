const FRAME = /^\s+at .*(?::\d+:\d+|<anonymous>|native|index \d+)\)?$/;

/** Where the error was thrown, one line a frame, without its message: that one may hold values, and lines like frames. */
export function stackFrames(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const { stack = '', message } = error;
  const behindMessage = message === '' ? stack : stack.replace(message, () => '');
  return behindMessage.split('\n').filter((line) => FRAME.test(line));
}
