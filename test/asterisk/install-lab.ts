import { installLab } from '../../scripts/pbx-lab/root.ts'

/** Before the first test that needs a PBX: installs it, so that no test's own time limit pays. */
export async function setup(): Promise<void> {
  await installLab(console.log)
}
