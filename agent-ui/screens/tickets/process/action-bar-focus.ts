/** Where the steps of a ticket stand on the page. */
export function actionsId(ticketId: string): string {
  return `actions-${ticketId}`
}

/** The keyboard goes to the first step that may be taken now, else to the page. */
export function focusActions(ticketId: string): void {
  const bar = document.getElementById(actionsId(ticketId))
  const next = bar?.querySelector('button') ?? document.getElementById('content')
  next?.focus()
}
