/** What is wrong with one field, for the page to say in the reader's language. */
export type FormFault =
  | { code: 'required' }
  | { code: 'too_short'; min: number }
  | { code: 'too_long'; max: number }
  | { code: 'too_small'; min: number }
  | { code: 'too_large'; max: number }
  | { code: 'format' }
  | { code: 'choice' }
  | { code: 'wrong' }

/** The part of zod's issue that is read here. */
export interface SchemaIssue {
  readonly code?: string | undefined
  readonly path: readonly PropertyKey[]
  readonly origin?: string
  readonly minimum?: number | bigint
  readonly maximum?: number | bigint
  readonly input?: unknown
}

/** The first fault of each field, by its path (`contracts.0.contractNo`). */
export function formFaults(issues: readonly SchemaIssue[]): Record<string, FormFault> {
  const faults: Record<string, FormFault> = {}
  for (const issue of issues) {
    const path = issue.path.map(String).join('.')
    faults[path] ??= faultOf(issue)
  }
  return faults
}

function faultOf(issue: SchemaIssue): FormFault {
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue)
    case 'too_big': {
      const max = Number(issue.maximum)
      return issue.origin === 'string' ? { code: 'too_long', max } : { code: 'too_large', max }
    }
    case 'invalid_type':
      return issue.input === undefined || issue.input === null || issue.input === ''
        ? { code: 'required' }
        : { code: 'wrong' }
    case 'invalid_format':
      return { code: 'format' }
    case 'invalid_value':
      return { code: 'choice' }
    case undefined:
    default:
      return { code: 'wrong' }
  }
}

function tooSmall({ origin, minimum }: SchemaIssue): FormFault {
  const min = Number(minimum)
  if (origin !== 'string') return { code: 'too_small', min }
  return min <= 1 ? { code: 'required' } : { code: 'too_short', min }
}
