/** Replaces every `{{variable}}` by its value; an unknown variable becomes nothing. */
export function renderTemplate(template: string, variables: Record<string, string>): string {
  return template.replace(
    /\{\{\s*([a-z][A-Za-z0-9]{0,62})\s*\}\}/g,
    (_, name: string) => Object.hasOwn(variables, name) ? variables[name] : "",
  );
}
