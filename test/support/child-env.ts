/** What a program that a test starts gets of this environment: where modules are kept compiled. */
export const CHILD_ENV: Record<string, string> = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    name === 'NODE_COMPILE_CACHE' && value !== undefined ? [[name, value]] : [],
  ),
)
