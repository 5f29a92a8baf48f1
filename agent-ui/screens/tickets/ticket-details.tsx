import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSaid } from '../../components/said.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import type { TicketDraft } from '../../state/ticket-draft.ts'
import { Choice } from './ticket-fields.tsx'
import classes from './process/process.module.css'
import { WordsArea } from '../../components/words-area/words-area.tsx'

interface DetailsProps {
  draft: TicketDraft
  onEdit: (change: Partial<TicketDraft>) => void
}

const AREA_CLASSES = ['', 'urban', 'rural'] as const
const RELATIONS = ['', 'holder', 'representative', 'other', 'unknown'] as const

/** Category, place, contact and complainant: what the next team needs and the papers ask for. */
export function TicketDetails({ draft, onEdit }: DetailsProps) {
  const { t } = useTranslation()
  const line = (field: 'service' | 'area' | 'address' | 'contactName' | 'contactNumber') => (
    <TextInput
      label={t(`ticket.${field}`)}
      value={draft[field]}
      maxLength={field === 'address' ? 300 : 80}
      inputMode={field === 'contactNumber' ? 'tel' : 'text'}
      onChange={(event) => onEdit({ [field]: event.currentTarget.value })}
    />
  )
  return (
    <div className={classes.fields} role="group" aria-label={t('ticket.details')}>
      <CategoryChoice draft={draft} onEdit={onEdit} />
      {line('service')}
      {line('address')}
      {line('area')}
      <Choice
        label={t('ticket.areaClass')}
        value={AREA_CLASSES.find((value) => value === draft.areaClass) ?? ''}
        options={AREA_CLASSES}
        textOf={(value) => (value === '' ? t('ticket.unknownValue') : t(`areaClass.${value}`))}
        onChoose={(areaClass) => onEdit({ areaClass })}
      />
      {line('contactName')}
      {line('contactNumber')}
      <Complainant draft={draft} onEdit={onEdit} />
    </div>
  )
}

function CategoryChoice({ draft, onEdit }: DetailsProps) {
  const { t } = useTranslation()
  const said = useSaid()
  const checklists = useQuery(queries.checklists())
  const known = (checklists.data?.items ?? []).filter(({ category }) => category !== 'GEN')
  return (
    <NativeSelect
      label={t('ticket.category')}
      value={draft.category}
      data={[
        { value: '', label: t('ticket.noCategory') },
        ...known.map(({ category, content }) => ({ value: category, label: said(content.name) })),
        ...(draft.category !== '' && known.length === 0
          ? [{ value: draft.category, label: draft.category }]
          : []),
      ]}
      onChange={(event) => onEdit({ category: event.currentTarget.value })}
    />
  )
}

function Complainant({ draft, onEdit }: DetailsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Choice
        label={t('ticket.complainantRelation')}
        value={RELATIONS.find((value) => value === draft.complainantRelation) ?? ''}
        options={RELATIONS}
        textOf={(value) => (value === '' ? t('common.none') : t(`relation.${value}`))}
        onChoose={(complainantRelation) => onEdit({ complainantRelation })}
      />
      {draft.complainantRelation !== '' && (
        <>
          <TextInput
            label={t('ticket.complainantName')}
            maxLength={120}
            value={draft.complainantName}
            onChange={(event) => onEdit({ complainantName: event.currentTarget.value })}
          />
          <TextInput
            label={t('ticket.complainantPaper')}
            maxLength={200}
            value={draft.complainantPaper}
            onChange={(event) => onEdit({ complainantPaper: event.currentTarget.value })}
          />
          <WordsArea
            label={t('ticket.customerRequest')}
            maxLength={2000}
            rows={1}
            value={draft.customerRequest}
            onChange={(event) => onEdit({ customerRequest: event.currentTarget.value })}
          />
        </>
      )}
    </>
  )
}
