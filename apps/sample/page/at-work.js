/** Shows on the button what it is doing, to the eye and to a screen reader, until the work has ended, well or badly. */
export async function atWork(button, label, work) {
  const { textContent: atRest } = button;
  button.textContent = label;
  button.setAttribute('aria-busy', 'true');
  try {
    return await work();
  } finally {
    button.textContent = atRest;
    button.removeAttribute('aria-busy');
  }
}
