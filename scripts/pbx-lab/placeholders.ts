/**
 * Fills the `@@NAME@@` placeholders of a dialplan file. Throws and names the first one that has no
 * value: a PBX must not start with a placeholder for a password.
 */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/@@([A-Z0-9_]+)@@/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no value for @@${name}@@`)
    return value
  })
}
