import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, memo, Suspense, useEffect, useState } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { StandsStill } from '../../components/stands-still.tsx'
import { ForbiddenPage } from '../../components/message-page.tsx'
import { LoadFailed, Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { UserContext, useSession } from '../../session.ts'
import type { Absence } from '../../session.ts'
import { Rail } from '../desk/rail.tsx'
import { OutboxStrip } from '../field/outbox-strip.tsx'
import { isFor, maySee } from '../screen-table.ts'
import { HelpStrip } from '../shift/help-strip.tsx'
import { MessageStrip } from '../shift/message-strip.tsx'
import { AlarmBanner } from './alarm-banner.tsx'
import { CalendarBanner } from './calendar-banner.tsx'
import { Header } from './header.tsx'
import { DeskKeys } from './desk-keys.tsx'
import { ConfirmStrip } from './confirm-strip.tsx'
import { CallBar } from './call-bar/call-bar.tsx'
import { WordStrip } from './word-strip.tsx'
import { SessionOver } from './session-over.tsx'
import { useOtherTabs } from './use-other-tabs.ts'
import { LinkBanners } from './link-banners.tsx'
import { Ringing } from './alerts/ringing.ts'
import { BrowserPhone } from './phone/browser-phone.ts'
import { useDraftSync } from './use-draft-sync.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useLiveLink } from './use-live-link.ts'
import { useScreen } from './use-screen.ts'
import { useShortcuts } from './use-shortcuts.ts'
import classes from './shell.module.css'

const ShortcutHelp = lazy(async () => ({
  default: (await import('./shortcut-help.tsx')).ShortcutHelp,
}))

/** Everything behind sign-in: who is here, the frame, and the news from the server. */
export function Shell() {
  const session = useSession()
  const href = useLocation({ select: (location) => location.href })
  if (session.isPending) return <Loading />
  if (session.isError) {
    return <LoadFailed error={session.error} onRetry={() => void session.refetch()} />
  }
  if (session.data.user === null) {
    return <ToSignIn from={href} why={session.data.why} />
  }
  const { user, isOver } = session.data
  return (
    <UserContext value={user}>
      <Frame key={user.id} user={user} isOver={isOver === true} />
      {isOver && <SessionOver user={user} />}
    </UserContext>
  )
}

/**
 * Keeps the address for after signing in, as it was when the session was missed: it changes while
 * the move is under way. Who left on purpose leaves no address to the next person.
 */
function ToSignIn({ from, why }: { from: string; why: Absence }) {
  const navigate = useNavigate()
  const [next] = useState(why === 'signed_out' || from === '/' ? null : from)
  useEffect(() => {
    void navigate({ to: '/sign-in', search: next ? { next } : {}, replace: true })
  }, [navigate, next])
  return <Loading />
}

/** A move to another address draws nothing of it anew but what is in front. */
const Frame = memo(function Frame({ user, isOver }: { user: SessionUser; isOver: boolean }) {
  const { t } = useTranslation()
  const screen = useScreen()
  useLiveLink(user, isOver)
  useDraftSync(user.id, isOver)
  useOtherTabs()
  useKeptFocus()
  const help = useShortcuts(user)
  const [wasHelped, setHelped] = useState(false)
  if (help.opened && !wasHelped) setHelped(true)
  const isAllowed = screen === null || isFor(screen, user.role)
  const hasRail = isAllowed && screen?.rail !== false && maySee(user.role, 'desk')
  return (
    <StandsStill>
      <div className={classes.frame}>
        <a className={classes.skip} href="#content">
          {t('app.skip')}
        </a>
        <Header user={user} onHelp={help.open} />
        <LinkBanners />
        {user.role === 'field' && <OutboxStrip />}
        <AlarmBanner />
        <CalendarBanner />
        <Ringing />
        <BrowserPhone />
        <CallBar />
        {maySee(user.role, 'desk') && <DeskKeys />}
        <ConfirmStrip />
        <HelpStrip />
        <MessageStrip />
        <WordStrip />
        <div className={classes.body}>
          {hasRail && <Rail />}
          <main
            className={classes.content}
            id="content"
            // it scrolls: the keyboard reaches it also where nothing within takes the focus
            tabIndex={0}
            data-scroll-restoration-id="content"
          >
            {isAllowed ? <Outlet /> : <ForbiddenPage role={user.role} />}
          </main>
        </div>
        {wasHelped && (
          <Suspense fallback={null}>
            <ShortcutHelp opened={help.opened} onClose={help.close} />
          </Suspense>
        )}
      </div>
    </StandsStill>
  )
})
