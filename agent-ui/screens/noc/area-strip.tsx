import { Button, Modal } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { TicketRow } from '#contract/tickets.ts'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { boardAreas } from '../../state/noc-board.ts'
import type { BoardArea } from '../../state/noc-board.ts'
import { mayRunOutages } from '../../state/outage-entry.ts'
import { OutageForm } from '../outages/outage-form.tsx'
import classes from './noc.module.css'

/** As the service has it until its own setting is read. */
const MANY = 5

interface StripProps {
  rows: readonly TicketRow[]
  /** The area whose faults alone are shown. */
  chosen: string | undefined
}

/** Where several faults are: one press shows them alone, and as many as make an outage are declared. */
export function AreaStrip({ rows, chosen }: StripProps) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/noc' })
  const outages = useQuery(queries.outages('open'))
  const settings = useQuery(queries.outageSettings())
  const [declared, setDeclared] = useState<string | null>(null)
  const areas = useMemo(
    () => boardAreas(rows, outages.data?.items ?? [], settings.data?.callers ?? MANY),
    [rows, outages.data, settings.data],
  )
  if (areas.length === 0 && chosen === undefined) return null
  const show = (area: string | undefined) =>
    void navigate({ to: '/noc', search: area === undefined ? {} : { area }, replace: true })
  return (
    <div className={classes.areas} role="group" aria-label={t('noc.areas')}>
      <Button
        size="compact-sm"
        variant={chosen === undefined ? 'light' : 'default'}
        aria-pressed={chosen === undefined}
        onClick={() => show(undefined)}
      >
        {t('noc.allAreas')}
      </Button>
      {areas.map((one) => (
        <Area
          key={one.area}
          one={one}
          isChosen={one.area === chosen}
          onShow={() => show(one.area === chosen ? undefined : one.area)}
          onDeclare={() => setDeclared(one.area)}
        />
      ))}
      <Declare area={declared} onClose={() => setDeclared(null)} />
    </div>
  )
}

interface AreaProps {
  one: BoardArea
  isChosen: boolean
  onShow: () => void
  onDeclare: () => void
}

function Area({ one, isChosen, onShow, onDeclare }: AreaProps) {
  const { t } = useTranslation()
  const { role } = useUser()
  const { area, count, outage, isMany } = one
  return (
    <span className={classes.area} data-many={isMany}>
      <Button
        size="compact-sm"
        variant={isChosen ? 'light' : 'default'}
        aria-pressed={isChosen}
        onClick={onShow}
      >
        {t('noc.area', { area, count })}
      </Button>
      {isMany && (
        <Tone tone="bad" icon={<IconAlertTriangle size={14} aria-hidden />}>
          {t('noc.many')}
        </Tone>
      )}
      {isMany && mayRunOutages(role) && (
        <Button size="compact-sm" aria-label={t('noc.declareFor', { area })} onClick={onDeclare}>
          {t('noc.declare')}
        </Button>
      )}
      {outage?.ticket && (
        <Link to="/outages/$ticketId" params={{ ticketId: outage.ticket.id }}>
          {t('noc.known', { code: outage.ticket.code })}
        </Link>
      )}
    </span>
  )
}

function Declare({ area, onClose }: { area: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Modal
      opened={area !== null}
      onClose={onClose}
      size="lg"
      title={t('outages.open')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {area !== null && (
        <OutageForm
          known={null}
          area={area}
          onCancel={onClose}
          onDone={({ ticket }) => {
            onClose()
            if (ticket) {
              void navigate({ to: '/outages/$ticketId', params: { ticketId: ticket.id } })
            }
          }}
        />
      )}
    </Modal>
  )
}
