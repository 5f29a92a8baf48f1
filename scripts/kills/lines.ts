import type { SipCall } from '../pbx-lab/sip/call.ts'

type Line = { readonly call: SipCall; isHeardOf: boolean; isUp: boolean }

/** All calls of all phones that are not over, so that a crash of the PBX can end them. */
export class Lines {
  readonly #open = new Set<Line>()

  /** Follows a call to its end. */
  add(call: SipCall): void {
    const line: Line = { call, isHeardOf: false, isUp: false }
    this.#open.add(line)
    void call.ringing.then(() => (line.isHeardOf = true))
    void call.up.then((isUp) => (line.isUp = isUp))
    void call.ended.then(() => this.#open.delete(line))
  }

  /** How many are talked on. */
  get up(): number {
    return [...this.#open].filter(({ isUp }) => isUp).length
  }

  /** The PBX is dead. Whoever it never answered goes on ringing it, as telephones do. */
  cut(): void {
    for (const { call, isHeardOf, isUp } of this.#open) if (isHeardOf || isUp) call.lost()
  }
}
