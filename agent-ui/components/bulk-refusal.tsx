import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from '../i18n/translation.tsx'
import { RequestFailed } from '../request.ts'
import { bulkFaults } from '../state/bulk-faults.ts'
import { failureText, fieldFaultText } from './failure.tsx'

interface RefusalProps {
  error: unknown
  /** What people call the rows that were sent, in their order. */
  names: readonly string[]
}

/** Why nothing was done to many rows: of each that stands in the way, what it is. */
export function BulkRefusal({ error, names }: RefusalProps) {
  const { t } = useTranslation()
  const faults = error instanceof RequestFailed ? bulkFaults(error.faults, names) : []
  return (
    <Alert color="red.9" variant="outline" icon={<IconAlertTriangle aria-hidden />} role="alert">
      {faults.length === 0 ? (
        failureText(error)
      ) : (
        <>
          {t('list.noneDone')}
          <ul>
            {faults.map(({ name, fault }) => (
              <li key={fault.path}>
                <strong className="numeric">{name}</strong>: {fieldFaultText(fault)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Alert>
  )
}
