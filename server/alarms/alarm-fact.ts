/** A person changed a rule or the webhook, or acknowledged an alarm. */
export interface AlarmFact {
  type: 'alarm_act'
  act: 'acknowledged' | 'rule_made' | 'rule_changed' | 'rule_deleted' | 'webhook_changed'
  actorId: string
  /** What is watched; of the webhook its host. */
  subject: string
  detail: Record<string, string>
}

/** What the audit keeps of it. */
export function alarmAudit({ act, actorId, subject, detail }: AlarmFact) {
  return { actorId, action: `alarm.${act}`, subject, detail }
}
