import {
  Button,
  Checkbox,
  CloseButton,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { calendarChange } from '#contract/calendar.ts'
import type { CalendarView } from '#contract/calendar.ts'
import { api } from '../../api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import type { DraftForm } from '../../components/draft-form/use-draft-form.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { localDay } from '../../state/local-time.ts'
import { useServerNow } from '../../ticker.ts'
import { useSaveSettings } from '../settings/use-save-settings.ts'

type CalendarEntry = Pick<CalendarView, 'days' | 'profile' | 'cultureDayHoliday'>
type Form = DraftForm<CalendarEntry>['form']

/** The days that count otherwise than their weekday says; open deadlines move with them. */
export function CalendarScreen() {
  const { t } = useTranslation()
  const query = useQuery(queries.calendar())
  return (
    <>
      <Title order={1} mb="xs">
        {t('workingCalendar.title')}
      </Title>
      {query.isPending && <Loading rows={8} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <CalendarForm calendar={query.data} />}
    </>
  )
}

function CalendarForm({ calendar }: { calendar: CalendarView }) {
  const { t } = useTranslation()
  const thisYear = localDay(useServerNow()).slice(0, 4)
  const [year, setYear] = useState(thisYear)
  const save = useSaveSettings({
    key: queries.calendar().queryKey,
    save: api.saveCalendar,
    done: t('workingCalendar.saved'),
    onSaved: () => draft.clear(),
    onRefused: (error) => draft.refuse(error),
  })
  const { days, profile, cultureDayHoliday, version } = calendar
  const draft = useDraftForm<CalendarEntry>({
    key: 'calendar',
    schema: calendarChange.omit({ version: true }),
    initial: { days, profile, cultureDayHoliday },
    onSubmit: (entry) => save.mutate({ ...entry, version }),
  })
  return (
    <form {...draft.props} aria-label={t('workingCalendar.title')}>
      <Stack gap="sm" maw={1000}>
        <Text size="sm" c="dimmed">
          {t('workingCalendar.hint')}
        </Text>
        <Rules form={draft.form} />
        <NativeSelect
          label={t('workingCalendar.year')}
          maw={140}
          value={year}
          data={yearsOf(draft.form.values.days, thisYear)}
          onChange={(event) => setYear(event.currentTarget.value)}
        />
        <Days form={draft.form} year={year} />
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={!draft.isChanged}>
            {t('common.save')}
          </Button>
          {draft.isChanged && (
            <Button variant="default" onClick={draft.clear}>
              {t('ticket.discard')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** The years that have days, this one and the two that follow. */
function yearsOf(days: CalendarEntry['days'], thisYear: string): string[] {
  const ahead = [0, 1, 2].map((more) => String(Number(thisYear) + more))
  return [...new Set([...days.map(({ date }) => date.slice(0, 4)), ...ahead])]
    .filter(Boolean)
    .toSorted()
}

function Rules({ form }: { form: Form }) {
  const { t } = useTranslation()
  return (
    <Group align="flex-end">
      <NativeSelect
        label={t('workingCalendar.profile')}
        data={[
          { value: 'S', label: t('workingCalendar.profileS') },
          { value: 'G', label: t('workingCalendar.profileG') },
        ]}
        {...form.getInputProps('profile')}
      />
      <Checkbox
        mb={8}
        label={t('workingCalendar.culture')}
        {...form.getInputProps('cultureDayHoliday', { type: 'checkbox' })}
      />
    </Group>
  )
}

const KINDS = ['holiday', 'compensatory', 'swap_off', 'swap_work'] as const
const CONFIDENCES = ['A', 'B', 'C', 'D'] as const

function Days({ form, year }: { form: Form; year: string }) {
  const { t } = useTranslation()
  const shown = form.values.days.flatMap(({ date }, index) =>
    date === '' || date.startsWith(year) ? [index] : [],
  )
  return (
    <>
      {shown.length === 0 && <Empty title={t('workingCalendar.none')} />}
      {shown.map((index) => (
        <Group key={index} gap="xs" align="flex-start">
          <TextInput
            aria-label={t('workingCalendar.date')}
            type="date"
            {...form.getInputProps(`days.${index}.date`)}
          />
          <NativeSelect
            aria-label={t('workingCalendar.kind')}
            data={KINDS.map((value) => ({ value, label: t(`workingCalendar.kinds.${value}`) }))}
            {...form.getInputProps(`days.${index}.kind`)}
          />
          <TextInput
            aria-label={t('workingCalendar.name')}
            placeholder={t('workingCalendar.name')}
            flex={1}
            {...form.getInputProps(`days.${index}.name`)}
          />
          <NativeSelect
            aria-label={t('workingCalendar.confidence')}
            data={CONFIDENCES.map((value) => ({
              value,
              label: t(`workingCalendar.confidences.${value}`),
            }))}
            {...form.getInputProps(`days.${index}.confidence`)}
          />
          <CloseButton
            aria-label={t('workingCalendar.remove', {
              date: form.values.days[index]?.date ?? '',
            })}
            onClick={() => form.removeListItem('days', index)}
          />
        </Group>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        style={{ justifySelf: 'start', alignSelf: 'flex-start' }}
        onClick={() =>
          form.insertListItem('days', {
            date: `${year}-01-01`,
            kind: 'holiday',
            name: '',
            confidence: 'A',
          })
        }
      >
        {t('workingCalendar.add')}
      </Button>
    </>
  )
}
