import { Button, type ButtonProps } from '@mantine/core'
import { useTranslation } from '../i18n/translation.tsx'

interface MoreButtonProps extends Pick<ButtonProps, 'm' | 'mt'> {
  pages: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
}

/** Asks for the next page of a list; nothing when there is none. */
export function MoreButton({ pages, ...margins }: MoreButtonProps) {
  const { t } = useTranslation()
  if (!pages.hasNextPage) return null
  return (
    <Button
      {...margins}
      size="compact-sm"
      variant="default"
      loading={pages.isFetchingNextPage}
      onClick={() => void pages.fetchNextPage()}
    >
      {t('common.more')}
    </Button>
  )
}
