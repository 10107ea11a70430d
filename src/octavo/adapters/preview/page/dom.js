// Elements without markup: what an author wrote is only ever text.

export const find = (id) => document.getElementById(id);

/** An element with properties and children; names with a hyphen and `class` become attributes. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key === "class" || key.includes("-")) element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Fill a list of choices, keeping what is chosen where it is still there. */
export function fillSelect(select, options) {
  const before = select.value;
  select.replaceChildren(...options.map(({ value, label }) => make("option", { value, textContent: label })));
  if (options.some(({ value }) => String(value) === before)) select.value = before;
}

export const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
