import type { DomainFact } from '../domain-fact.ts'

type Audited = Extract<
  DomainFact,
  {
    type:
      | 'numbers_revealed'
      | 'file_removed'
      | 'team_changed'
      | 'text_module_changed'
      | 'view_shared'
      | 'member_commanded'
      | 'browser_phone_given'
      | 'call_commanded'
      | 'clock_settings_changed'
      | 'missed_rules_changed'
      | 'missed_caller_dropped'
      | 'steering_commanded'
  }
>

/** What the audit keeps of a fact that changes nothing elsewhere. */
export function auditLine(fact: Audited) {
  const { actorId } = fact
  switch (fact.type) {
    case 'numbers_revealed': {
      const detail: Record<string, string> = fact.reason === '' ? {} : { reason: fact.reason }
      return { actorId, action: 'ticket.numbers_revealed', subject: fact.code, detail }
    }
    case 'file_removed': {
      const { code: subject, name, authorId } = fact
      return { actorId, action: 'ticket.file_removed', subject, detail: { name, authorId } }
    }
    case 'team_changed':
      return { actorId, action: 'team.changed', subject: fact.teamId, detail: fact.detail }
    case 'text_module_changed':
      return { actorId, action: 'text_module.changed', subject: fact.name, detail: fact.detail }
    case 'view_shared':
      return { actorId, action: 'view.shared', subject: fact.viewId, detail: fact.detail }
    case 'clock_settings_changed':
      return { actorId, action: 'clocks.changed', subject: 'restoration', detail: fact.detail }
    case 'missed_rules_changed':
      return { actorId, action: 'missed.rules_changed', subject: 'missed', detail: fact.detail }
    case 'missed_caller_dropped': {
      const { promiseId: subject, reason } = fact
      return { actorId, action: 'missed.dropped', subject, detail: { reason } }
    }
    case 'browser_phone_given':
      return {
        actorId,
        action: fact.isTaken ? 'staff.browser_phone_taken' : 'staff.browser_phone_given',
        subject: fact.username,
        detail: {},
      }
    case 'call_commanded': {
      const { callId: subject, action, detail } = fact
      return { actorId, action: `call.${action}`, subject, detail }
    }
    case 'steering_commanded': {
      const { subject, action, detail } = fact
      return { actorId, action: `steering.${action}`, subject, detail }
    }
    case 'member_commanded': {
      const { extension: subject, detail } = fact
      return { actorId, action: 'queue.member_commanded', subject, detail }
    }
  }
}
