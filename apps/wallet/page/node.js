/** Makes an element: class names in one string, then text or children. */
export function node(name, className, content = []) {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}

export function button(className, text, act) {
  const made = node('button', className, text);
  made.type = 'button';
  made.addEventListener('click', act);
  return made;
}
