import type { Contract } from '#contract/customers.ts'
import { Empty } from '../../components/failure.tsx'
import { Facts } from '../../components/facts.tsx'
import { Panel } from '../../components/panel.tsx'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import classes from './customers.module.css'

const TONES: Record<Contract['status'], ToneName> = {
  active: 'ok',
  suspended: 'bad',
  ended: 'calm',
}

/** What the customer has from us, where, and whether it is suspended. */
export function CustomerContracts({ contracts }: { contracts: readonly Contract[] }) {
  const { t } = useTranslation()
  return (
    <Panel title={t('customers.contracts')}>
      {contracts.length === 0 && <Empty title={t('common.none')} />}
      {contracts.map((contract) => (
        <div key={contract.id} className={classes.contract}>
          <div className={classes.contractHead}>
            {contract.contractNo}
            <Tone tone={TONES[contract.status]}>{t(`customers.status.${contract.status}`)}</Tone>
          </div>
          <Facts
            rows={[
              [t('customers.servicePlan'), contract.servicePlan],
              [t('ticket.service'), contract.services.join(', ')],
              [t('customers.installationAddress'), contract.installationAddress],
              [t('customers.area'), contract.area],
              [t('ticket.areaClass'), t(`areaClass.${contract.areaClass}`)],
              [t('customers.circuitId'), contract.circuitId],
            ]}
          />
        </div>
      ))}
    </Panel>
  )
}
