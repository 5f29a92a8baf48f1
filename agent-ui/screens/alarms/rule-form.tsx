import { Checkbox, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  alarmMeasure,
  alarmRuleOrder,
  alarmSeverity,
  QUEUE_MEASURES,
} from '#contract/supervision/alarms.ts'
import type { AlarmRule, AlarmRuleOrder } from '#contract/supervision/alarms.ts'
import { alarmsApi as api } from '../../alarms-api.ts'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import type { DraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { isLow, orderOf, timeOrNull, USUAL_LEVELS } from '../../state/alarms.ts'

interface RuleFormProps {
  /** Null: a new one. */
  rule: AlarmRule | null
  onDone: () => void
}

/** One threshold: what is watched, from when it rings, and when it is quiet. */
export function RuleForm({ rule, onDone }: RuleFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (order: AlarmRuleOrder) =>
      rule
        ? api.saveAlarmRule(rule.id, { version: rule.version, rule: order })
        : api.addAlarmRule(order),
    onSuccess: () => {
      draft.clear()
      notifyDone(t('alarms.rule.saved'))
      onDone()
    },
    onError: (error) => draft.refuse(error),
    onSettled: () => refresh(client, KEYS.alarms),
  })
  const draft = useDraftForm<AlarmRuleOrder>({
    key: `alarm-rule.${rule?.id ?? 'new'}`,
    schema: alarmRuleOrder,
    initial: orderOf(rule),
    onSubmit: (order) => save.mutate(order),
  })
  const { form } = draft
  return (
    <form {...draft.props} aria-label={t(rule ? 'alarms.rule.edit' : 'alarms.rule.add')}>
      <Stack gap="sm">
        <Watched draft={draft} />
        <Levels draft={draft} />
        <NativeSelect
          label={t('alarms.severityLabel')}
          data={alarmSeverity.options.map((value) => ({
            value,
            label: t(`alarms.severity.${value}`),
          }))}
          {...form.getInputProps('severity')}
        />
        <QuietHours draft={draft} />
        <Checkbox
          label={t('alarms.rule.active')}
          {...form.getInputProps('active', { type: 'checkbox' })}
        />
        <FormButtons isSaving={save.isPending} onCancel={onDone} />
      </Stack>
    </form>
  )
}

interface PartProps {
  draft: DraftForm<AlarmRuleOrder>
}

/** Another measure brings levels that fit it. */
function Watched({ draft: { form } }: PartProps) {
  const { t } = useTranslation()
  const board = useQuery(queries.queuesBrief())
  const { measure, queue } = form.values
  const names = new Set(board.data?.queues.map(({ name }) => name) ?? [])
  if (queue !== null) names.add(queue)
  return (
    <>
      <NativeSelect
        label={t('alarms.rule.measure')}
        data-autofocus
        value={measure}
        data={alarmMeasure.options.map((value) => ({ value, label: t(`alarms.measure.${value}`) }))}
        onChange={(event) => {
          const chosen = alarmMeasure.parse(event.currentTarget.value)
          const ofQueue = QUEUE_MEASURES.includes(chosen) ? queue : null
          form.setValues({ measure: chosen, queue: ofQueue, ...USUAL_LEVELS[chosen] })
        }}
      />
      {QUEUE_MEASURES.includes(measure) && (
        <NativeSelect
          label={t('alarms.rule.queue')}
          {...form.getInputProps('queue')}
          value={queue ?? ''}
          data={[{ value: '', label: t('alarms.rule.allQueues') }, ...names]}
          onChange={(event) => form.setFieldValue('queue', timeOrNull(event.currentTarget.value))}
        />
      )}
    </>
  )
}

function Levels({ draft: { form } }: PartProps) {
  const { t } = useTranslation()
  return (
    <Stack gap={4}>
      <Group grow align="flex-start">
        <NumberInput
          label={t(
            isLow(form.values.measure) ? 'alarms.rule.thresholdLow' : 'alarms.rule.threshold',
          )}
          allowDecimal={false}
          {...form.getInputProps('threshold')}
        />
        <NumberInput
          label={t('alarms.rule.clearAt')}
          allowDecimal={false}
          {...form.getInputProps('clearAt')}
        />
        <NumberInput
          label={t('alarms.rule.hold')}
          allowDecimal={false}
          {...form.getInputProps('holdSeconds')}
        />
      </Group>
      <Text size="xs" c="dimmed">
        {t('alarms.rule.clearHint')}
      </Text>
    </Stack>
  )
}

function QuietHours({ draft: { form } }: PartProps) {
  const { t } = useTranslation()
  const fieldOf = (name: 'quietFrom' | 'quietTo') => ({
    ...form.getInputProps(name),
    label: t(`alarms.rule.${name}`),
    placeholder: name === 'quietFrom' ? '22:00' : '06:00',
    maxLength: 5,
    value: form.values[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      form.setFieldValue(name, timeOrNull(event.currentTarget.value)),
  })
  return (
    <Stack gap={4}>
      <Group grow align="flex-start">
        <TextInput {...fieldOf('quietFrom')} />
        <TextInput {...fieldOf('quietTo')} />
      </Group>
      <Text size="xs" c="dimmed">
        {t('alarms.rule.quietHint')}
      </Text>
    </Stack>
  )
}
