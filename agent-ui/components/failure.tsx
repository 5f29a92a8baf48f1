import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react'
import i18next, { t as translate } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/translation.tsx'
import { RequestFailed } from '../request.ts'
import type { FieldFault } from '../request.ts'
import { hasText } from '../i18n/known-text.ts'
import { vi } from '../i18n/vi.ts'
import { say } from './say.ts'

/**
 * Why a request failed, in the reader's language: by the codes of the refusal. The server's own words
 * are English and are shown to who reads English, when there is no code.
 */
export function failureText(error: unknown): string {
  if (!(error instanceof RequestFailed)) return translate('failure.server_fault')
  const general =
    error.kind === 'throttled' || error.kind === 'busy'
      ? translate(`failure.${error.kind}`, { seconds: Math.max(1, error.retryAfter ?? 1) })
      : translate(`failure.${error.kind}`)
  const speaks =
    error.kind === 'invalid' || error.kind === 'conflict' || error.kind === 'unavailable'
  const own = ownWords(error.codes)
  // what exactly is missing says it all: "the input is not right" before it would be wrong as often
  const saysAll = error.kind === 'invalid' || error.kind === 'unavailable'
  if (saysAll && own !== null) return own
  const detail = own ?? englishOnly(error.detail)
  if (error.kind === 'forbidden' && error.codes.length > 0) return detail ?? general
  return speaks && detail ? `${general} ${detail}` : general
}

/** The faults in the reader's language; null when there is none with words of its own. */
function ownWords(codes: readonly string[]): string | null {
  const texts = codes.map((code) => codeText(code)).filter((text) => text !== null)
  return texts.length > 0 ? [...new Set(texts)].join(' ') : null
}

function codeText(code: string): string | null {
  if (hasText(vi.fieldFault, code)) return translate(`fieldFault.${code}`)
  return hasText(vi.refusal, code) ? translate(`refusal.${code}`) : null
}

function englishOnly(words: string | null): string | null {
  return i18next.language === 'en' ? words : null
}

/** What is wrong with one field, for the line under it. */
export function fieldFaultText({ code, message }: FieldFault): string {
  return (
    (code === undefined ? null : codeText(code)) ??
    englishOnly(message) ??
    translate('formFault.wrong')
  )
}

/** Tells of a failed action without taking the screen; a lost session has its own screen. */
export function notifyFailure(error: unknown): void {
  if (error instanceof RequestFailed && error.kind === 'signed_out') return
  const message = failureText(error)
  // of one fault one message, however often the button is pressed
  say({
    id: `failure ${message}`,
    color: 'red.9',
    message,
    autoClose: 10_000,
  })
}

export function notifyDone(message: string): void {
  say({ color: 'teal.9', message, autoClose: 4_000 })
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
    <Stack gap="xs" p="md" role="status" aria-busy aria-label={t('common.loading')}>
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
