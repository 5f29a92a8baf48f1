import { Button, Stack, Text, VisuallyHidden } from '@mantine/core'
import { IconBuilding, IconUser, IconUserQuestion } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import { useTranslation } from '../i18n/translation.tsx'
import { Facts } from './facts.tsx'
import { Panel } from './panel.tsx'
import classes from './customer-card.module.css'

interface CustomerCardProps {
  customer: CustomerRef | null
  candidates: readonly CustomerRef[]
  number: PhoneNumber | null
  /** Nobody called: it is the number that was given to be called. */
  isContact?: boolean
  /** Null when this person may not choose now. */
  onChoose: ((customerId: string) => void) | null
  isChoosing?: boolean
  /** Beside the number: to call it, or to see it. */
  numberActions?: ReactNode
  /** Below: to look at the customer, or to make one of the caller. */
  children?: ReactNode
}

/** Who is calling; with several candidates the agent picks and the choice is remembered. */
export function CustomerCard(props: CustomerCardProps) {
  const { t } = useTranslation()
  const { customer, candidates, onChoose } = props
  const [isChanging, setChanging] = useState(false)
  const mustChoose = customer === null && candidates.length > 0
  const choose = (customerId: string) => {
    setChanging(false)
    onChoose?.(customerId)
  }
  return (
    <Panel title={t('customer.title')}>
      <Stack gap="sm">
        {mustChoose || isChanging ? (
          <Candidates {...props} onChoose={onChoose && choose} />
        ) : (
          <Known {...props} />
        )}
        {customer && candidates.length > 1 && onChoose && (
          <Button size="compact-xs" variant="default" onClick={() => setChanging(!isChanging)}>
            {isChanging ? t('common.cancel') : t('customer.change')}
          </Button>
        )}
        {props.children}
      </Stack>
    </Panel>
  )
}

function Known({ customer, number, isContact, numberActions }: CustomerCardProps) {
  const { t } = useTranslation()
  const phone = number && (number.kind === 'anonymous' ? t('incoming.hidden') : number.display)
  return (
    <>
      <div className={classes.name}>
        {customer ? <KindIcon kind={customer.kind} /> : <IconUserQuestion size={20} aria-hidden />}
        {customer?.name ?? t('customer.unknown')}
      </div>
      {customer === null && (
        <Text size="sm" c="dimmed">
          {t(number?.kind === 'anonymous' ? 'customer.hiddenText' : 'customer.unknownText')}
        </Text>
      )}
      <Facts
        rows={[
          [
            isContact ? t('ticket.contactNumber') : t('customer.phone'),
            phone && (
              <>
                <span className="numeric">{phone}</span> {numberActions}
              </>
            ),
          ],
          [t('customer.code'), customer?.code ?? null],
          [t('customer.contracts'), customer?.contractNos.join(', ') ?? null],
          [t('customer.address'), customer?.address ?? null],
        ]}
      />
    </>
  )
}

function KindIcon({ kind }: { kind: CustomerRef['kind'] }) {
  const { t } = useTranslation()
  return kind === 'organisation' ? (
    <IconBuilding size={20} aria-label={t('customer.organisation')} />
  ) : (
    <IconUser size={20} aria-label={t('customer.individual')} />
  )
}

function Candidates({ customer, candidates, onChoose, isChoosing }: CustomerCardProps) {
  const { t } = useTranslation()
  return (
    <>
      <div>
        <Text fw={600} size="sm">
          {t('customer.chooseTitle')}
        </Text>
        {onChoose && (
          <Text size="sm" c="dimmed">
            {t('customer.chooseText')}
          </Text>
        )}
      </div>
      <ul className={classes.candidates}>
        {candidates.map((candidate) => (
          <Candidate
            key={candidate.id}
            candidate={candidate}
            isChosen={candidate.id === customer?.id}
            onChoose={isChoosing === true ? null : onChoose}
          />
        ))}
      </ul>
    </>
  )
}

interface CandidateProps extends Pick<CustomerCardProps, 'onChoose'> {
  candidate: CustomerRef
  isChosen: boolean
}

/** Two people at one number are told apart by their contract and address, also by who only hears them. */
function Candidate({ candidate, isChosen, onChoose }: CandidateProps) {
  const { t } = useTranslation()
  const { id, name, kind, contractNos, address } = candidate
  const detail = [contractNos.join(', '), address].filter(Boolean).join(' · ')
  return (
    <li>
      <button
        type="button"
        className={classes.candidate}
        aria-pressed={isChosen}
        disabled={onChoose === null}
        onClick={() => onChoose?.(id)}
      >
        <span className={classes.name}>
          <KindIcon kind={kind} />
          <VisuallyHidden>{t('customer.choose', { name })}</VisuallyHidden>
          <span aria-hidden>{name}</span>
        </span>{' '}
        <span className={classes.detail}>{detail}</span>
      </button>
    </li>
  )
}
