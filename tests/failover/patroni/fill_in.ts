/**
 * Fills in a template's `${NAME}`s, as envsubst(1) does, but leaves none open.
 * @throws Error naming what has no value
 */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  const lines = template.split("\n").filter((line) => !line.trimStart().startsWith("#"));
  return lines.join("\n").replaceAll(/\$\{([A-Z_]+)\}/g, (_, name: string) => {
    if (Object.hasOwn(values, name)) return values[name];
    throw new Error(`The template asks for ${name}`);
  });
}
