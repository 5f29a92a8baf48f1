import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react'
import { t as translate } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RequestFailed } from '../api.ts'
import { hasText } from '../i18n/known-text.ts'
import { vi } from '../i18n/vi.ts'

/** Why a request failed, in the reader's language, followed by the server's own words. */
export function failureText(error: unknown): string {
  if (!(error instanceof RequestFailed)) return translate('failure.server_fault')
  const general =
    error.kind === 'throttled' || error.kind === 'busy'
      ? translate(`failure.${error.kind}`, { seconds: Math.max(1, error.retryAfter ?? 1) })
      : translate(`failure.${error.kind}`)
  const speaks =
    error.kind === 'invalid' || error.kind === 'conflict' || error.kind === 'unavailable'
  const detail = ownWords(error.codes) ?? error.detail
  return speaks && detail ? `${general} ${detail}` : general
}

/** The faults in the reader's language; null when there is one without words of its own. */
function ownWords(codes: readonly string[]): string | null {
  const texts = codes.map((code) =>
    hasText(vi.fieldFault, code) ? translate(`fieldFault.${code}`) : '',
  )
  return texts.length > 0 && texts.every(Boolean) ? [...new Set(texts)].join(' ') : null
}

/** Tells of a failed action without taking the screen; a lost session has its own screen. */
export function notifyFailure(error: unknown): void {
  if (error instanceof RequestFailed && error.kind === 'signed_out') return
  notifications.show({ color: 'red.9', message: failureText(error), autoClose: 10_000 })
}

export function notifyDone(message: string): void {
  notifications.show({ color: 'teal.9', message, autoClose: 4_000 })
}

export function LoadFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert color="red.9" variant="outline" icon={<IconAlertTriangle aria-hidden />} m="md">
      <Group justify="space-between">
        <Text size="sm">{failureText(error)}</Text>
        <Button size="xs" variant="default" onClick={onRetry}>
          {t('common.retry')}
        </Button>
      </Group>
    </Alert>
  )
}

export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <Stack gap="xs" p="md" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={28} radius="sm" />
      ))}
    </Stack>
  )
}

export function Empty({ title, text, icon }: { title: string; text?: string; icon?: ReactNode }) {
  return (
    <Stack align="center" gap={4} p="lg" c="dimmed">
      {icon ?? <IconInbox size={28} aria-hidden />}
      <Text fw={600} size="sm">
        {title}
      </Text>
      {text !== undefined && (
        <Text size="sm" ta="center">
          {text}
        </Text>
      )}
    </Stack>
  )
}
