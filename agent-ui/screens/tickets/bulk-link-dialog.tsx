import { Modal, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { z } from 'zod'
import type { TicketRow } from '#contract/tickets.ts'
import { BulkRefusal } from '../../components/bulk-refusal.tsx'
import { FormButtons } from '../../components/draft-form/form-buttons.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { outageChoices } from '../../state/outage-entry.ts'
import { useLinkTickets } from '../outages/use-link-tickets.ts'

interface DialogProps {
  rows: readonly TicketRow[]
  onClose: () => void
  onDone: () => void
}

/** Which open outage many chosen tickets are part of. */
export function BulkLinkDialog({ rows, onClose, onDone }: DialogProps) {
  const { t } = useTranslation()
  const query = useQuery(queries.outages('open'))
  const choices = outageChoices(query.data?.items ?? [])
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={`${t('outages.link')}: ${t('work.ticketCount', { count: rows.length })}`}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {query.isPending && <Loading rows={2} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && choices.length === 0 && (
        <>
          <Empty title={t('outages.noneOpen')} />
          <Link to="/outages">{t('outages.toList')}</Link>
        </>
      )}
      {choices.length > 0 && (
        <LinkForm rows={rows} choices={choices} onClose={onClose} onDone={onDone} />
      )}
    </Modal>
  )
}

const chosen = z.object({ outageId: z.string().min(1) })

function LinkForm({
  rows,
  choices,
  onClose,
  onDone,
}: DialogProps & { choices: ReturnType<typeof outageChoices> }) {
  const { t } = useTranslation()
  const link = useLinkTickets('link', () => {
    onDone()
    onClose()
  })
  const [first] = choices
  const draft = useDraftForm({
    key: null,
    schema: chosen,
    initial: { outageId: choices.length === 1 && first ? first.value : '' },
    onSubmit: ({ outageId }) => link.mutate({ outageId, rows }),
  })
  return (
    <form {...draft.props} aria-label={t('outages.link')}>
      <Stack gap="sm">
        <NativeSelect
          label={t('outages.which')}
          data-autofocus
          data={[{ value: '', label: t('process.choose') }, ...choices]}
          {...draft.form.getInputProps('outageId')}
        />
        {link.isError && <BulkRefusal error={link.error} names={rows.map(({ code }) => code)} />}
        <FormButtons submit={t('outages.link')} isSaving={link.isPending} onCancel={onClose} />
      </Stack>
    </form>
  )
}
