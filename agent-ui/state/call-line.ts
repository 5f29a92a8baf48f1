/** What of a line of a call is for people: no names of channels, and a phone of ours once. */
export function callLine(detail: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(detail).filter(([name, value]) => {
      switch (name) {
        case 'channel':
          return false
        case 'agent':
          return /^\d+$/.test(value) && detail['member'] !== value
        default:
          return true
      }
    }),
  )
}
