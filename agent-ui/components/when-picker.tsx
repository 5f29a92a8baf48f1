import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import { useTranslation } from '../i18n/translation.tsx'
import { formatDate } from '../state/local-time.ts'
import { DAYS_AHEAD, QUICK_MINUTES } from '../state/promise-time.ts'
import type { WhenChoice, WhenResult } from '../state/promise-time.ts'
import { useServerNow } from '../ticker.ts'

const AT_TIME = 'at'
const DAY_MS = 24 * 3_600_000

interface WhenPickerProps {
  value: WhenChoice
  onChange: (value: WhenChoice) => void
  result: WhenResult
}

/** +15 / +30 / +60 minutes, or a time of day typed in 24 h form whatever the browser's locale. */
export function WhenPicker({ value, onChange, result }: WhenPickerProps) {
  const { t } = useTranslation()
  const choices = [
    ...QUICK_MINUTES.map((count) => ({
      value: String(count),
      label: t('promise.inMinutes', { count }),
    })),
    { value: AT_TIME, label: t('promise.atTime') },
  ]
  const choose = (chosen: string) =>
    onChange({ ...value, inMinutes: chosen === AT_TIME ? null : Number(chosen) })
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('promise.when')}
        // four of them stand in the rail: in a wide font a word goes below its number
        styles={{ control: { minWidth: 0 }, label: { paddingInline: 2, whiteSpace: 'normal' } }}
        data={choices}
        value={value.inMinutes === null ? AT_TIME : String(value.inMinutes)}
        onChange={choose}
      />
      {value.inMinutes === null && <TimeOfDay value={value} onChange={onChange} result={result} />}
    </>
  )
}

function TimeOfDay({ value, onChange, result }: WhenPickerProps) {
  const { t } = useTranslation()
  const now = useServerNow()
  const dayName = (days: number) =>
    days === 0
      ? t('promise.today')
      : days === 1
        ? t('promise.tomorrow')
        : formatDate(new Date(now + days * DAY_MS).toISOString())
  const fault = value.time !== '' && 'fault' in result ? t(`promise.${result.fault}`) : null
  return (
    <Group gap="xs" grow align="flex-start">
      <NativeSelect
        size="xs"
        label={t('promise.day')}
        value={String(value.daysAhead)}
        data={Array.from({ length: DAYS_AHEAD }, (_, days) => ({
          value: String(days),
          label: dayName(days),
        }))}
        onChange={(event) => onChange({ ...value, daysAhead: Number(event.currentTarget.value) })}
      />
      <TextInput
        size="xs"
        label={t('promise.time')}
        placeholder="14:30"
        autoFocus
        value={value.time}
        error={fault}
        onChange={(event) => onChange({ ...value, time: event.currentTarget.value })}
      />
    </Group>
  )
}
