import { ActionIcon, Button, Progress } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from '../../../i18n/translation.tsx'
import { RequestFailed } from '../../../request.ts'
import { failureText } from '../../../components/failure.tsx'
import { passesBy } from '../../../state/outbox.ts'
import { dropUpload, retryUpload } from '../../../uploads.ts'
import type { Upload } from '../../../uploads.ts'
import classes from './files.module.css'

/** A file on its way: how far it is, or why it did not arrive. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation()
  const { id, name, share, failure } = upload
  const percent = Math.round((share ?? 0) * 100)
  const state = share === null ? t('files.waiting') : t('files.sending', { percent })
  return (
    <li className={classes.upload}>
      <span className={classes.words}>
        <span className={classes.name}>{name}</span>
        {failure === null ? (
          <>
            <span className={classes.facts}>{state}</span>
            <Progress value={percent} size={4} aria-label={name} />
          </>
        ) : (
          <span className={classes.failure}>{failureText(failure)}</span>
        )}
      </span>
      {failure !== null && (
        <>
          {failure instanceof RequestFailed && passesBy(failure.kind) && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('files.retryOf', { name })}
              onClick={() => retryUpload(id)}
            >
              {t('common.retry')}
            </Button>
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t('files.dropOf', { name })}
            onClick={() => dropUpload(id)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </>
      )}
    </li>
  )
}
