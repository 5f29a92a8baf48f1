import type { Customer } from '#contract/customers.ts'
import { Facts } from '../../components/facts.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatDate } from '../../state/local-time.ts'

/** Who the customer is, who signed, and who may speak for them. */
export function CustomerFacts({ customer }: { customer: Customer }) {
  const { t } = useTranslation()
  const { holder, representatives, phones } = customer
  return (
    <Panel title={t('customer.title')}>
      <Facts
        rows={[
          [t('customer.code'), customer.code],
          [t('customers.kind'), t(`customer.${customer.kind}`)],
          [
            t('customers.phones'),
            phones.length === 0
              ? null
              : phones.map(({ number, label }) => (
                  <div key={number.raw}>
                    <span className="numeric">{number.display}</span>
                    {label === '' ? '' : ` · ${label}`}
                  </div>
                )),
          ],
          [t('customers.email'), customer.email],
          [t('customers.address'), customer.address],
          [t('customers.holder'), [holder.name, holder.paper].filter(Boolean).join(' · ')],
          [
            t('customers.representatives'),
            representatives.length === 0
              ? null
              : representatives.map((one) => (
                  <div key={one.id}>
                    {[
                      one.name,
                      one.number?.display,
                      one.paper,
                      one.validUntil && formatDate(`${one.validUntil}T05:00:00.000Z`),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </div>
                )),
          ],
          [t('customers.note'), customer.note],
        ]}
      />
    </Panel>
  )
}
