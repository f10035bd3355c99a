// What a form refuses by itself, in words that say what to do.
import { isEmpty } from "../state/choices.js";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const WHOLE = /^-?\d+$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

export function problemWith(block, choice) {
  const { element } = block;
  if (isEmpty(choice)) return block.optional ? null : "Please complete this required field.";
  if (element.type === "email_text_input" && !EMAIL.test(choice)) return "Please enter an email address, like name@example.org.";
  if (element.type === "url_text_input" && !URL.canParse(choice)) return "Please enter a link, like https://example.org.";
  if (element.type === "number_input") return number(element, choice);
  if (choice.length < (element.min_length ?? 0)) return `Please write at least ${element.min_length} characters.`;
  return null;
}

function number(element, choice) {
  if (!(element.is_decimal_allowed ? DECIMAL : WHOLE).test(choice)) {
    return element.is_decimal_allowed ? "Please enter a number." : "Please enter a whole number.";
  }
  if (Number(choice) < Number(element.min_value ?? -Infinity)) return `Please enter ${element.min_value} or more.`;
  if (Number(choice) > Number(element.max_value ?? Infinity)) return `Please enter ${element.max_value} or less.`;
  return null;
}
