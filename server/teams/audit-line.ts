import type { DomainFact } from '../domain-fact.ts'

type Audited = Extract<
  DomainFact,
  { type: 'numbers_revealed' | 'team_changed' | 'member_commanded' | 'clock_settings_changed' }
>

/** What the audit keeps of a fact that changes nothing elsewhere. */
export function auditLine(fact: Audited) {
  const { actorId } = fact
  switch (fact.type) {
    case 'numbers_revealed': {
      const detail: Record<string, string> = fact.reason === '' ? {} : { reason: fact.reason }
      return { actorId, action: 'ticket.numbers_revealed', subject: fact.code, detail }
    }
    case 'team_changed':
      return { actorId, action: 'team.changed', subject: fact.teamId, detail: fact.detail }
    case 'clock_settings_changed':
      return { actorId, action: 'clocks.changed', subject: 'restoration', detail: fact.detail }
    case 'member_commanded': {
      const { extension: subject, detail } = fact
      return { actorId, action: 'queue.member_commanded', subject, detail }
    }
  }
}
