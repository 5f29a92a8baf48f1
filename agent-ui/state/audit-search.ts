/** What administrators look for in the trail, the weightiest first; others are shown by their own name. */
export const AUDIT_ACTIONS = [
  'ticket.numbers_revealed',
  'ticket.file_removed',
  'calendar.changed',
  'callbacks.changed',
  'clocks.changed',
  'targets.changed',
  'company.changed',
  'checklist.published',
  'customers.imported',
  'callback.asked',
  'callback.cancelled',
  'callback.confirmed',
  'callback.corrected',
  'callback.handed_over',
  'callback.moved',
  'missed.dropped',
  'missed.rules_changed',
  'outage.opened',
  'outage.changed',
  'outages.changed',
  'queue.member_commanded',
  'steering.listened',
  'steering.whispered',
  'steering.barged',
  'steering.ended',
  'steering.taken_over',
  'steering.moved_up',
  'steering.sent',
  'steering.queue_closed',
  'steering.penalty_set',
  'steering.refused',
  'steering.settings_changed',
  'call.hung_up',
  'call.consulted',
  'call.handed_over',
  'call.taken_back',
  'call.transferred',
  'staff.created',
  'staff.changed',
  'staff.password_reset',
  'staff.browser_phone_given',
  'staff.browser_phone_taken',
  'team.changed',
  'text_module.changed',
  'alarm.acknowledged',
  'alarm.rule_made',
  'alarm.rule_changed',
  'alarm.rule_deleted',
  'alarm.webhook_changed',
  'wall.device_made',
  'wall.device_opened',
  'wall.device_withdrawn',
  'view.shared',
  'session.signed_in',
  'session.signed_out',
  'session.refused',
] as const

/** The filter of the trail, kept in its address. */
export interface AuditSearch {
  action?: (typeof AUDIT_ACTIONS)[number]
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const action = AUDIT_ACTIONS.find((known) => known === search['action'])
  return action ? { action } : {}
}

/** The key of its text: a dot would lead into a group of texts. */
export function auditText(action: string): string {
  return action.replace('.', '_')
}
