/** What one check says: right, wrong (with what to do), or not to be seen from here. */
export interface Finding {
  status: 'right' | 'wrong' | 'look'
  what: string
  /** The exact lines to add or commands to run; null when there is nothing to do. */
  fix: string | null
}

export function right(what: string): Finding {
  return { status: 'right', what, fix: null }
}

export function wrong(what: string, fix: string): Finding {
  return { status: 'wrong', what, fix }
}

/** Nothing is known to be wrong, but a person should look. */
export function look(what: string, fix: string): Finding {
  return { status: 'look', what, fix }
}
