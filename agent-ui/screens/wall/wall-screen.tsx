import { useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { codeInFragment, reduceWall, startWall } from '../../state/wall.ts'
import type { WallLink } from '../../state/wall.ts'
import { WallBoardView } from './wall-board-view.tsx'
import { WallDoor } from './wall-door.tsx'
import { connectWall } from './wall-link.ts'

/** The board on the wall: opened once by a code, then by the screen's own cookie for as long as it hangs there. */
export function WallScreen() {
  const { t } = useTranslation()
  const [code, setCode] = useState(takeCode)
  const [isTrying, setTrying] = useState(code === null)
  const [wasOpen, setWasOpen] = useState(false)
  useEffect(() => {
    document.title = t('wall.title')
  }, [t])
  if (!isTrying)
    return (
      <WallDoor
        code={code ?? ''}
        why={wasOpen ? 'withdrawn' : 'new'}
        onOpen={() => {
          // it opens nothing a second time
          setCode(null)
          setTrying(true)
        }}
      />
    )
  return (
    <OpenWall
      onRefused={(had) => {
        setWasOpen(had)
        setTrying(false)
      }}
    />
  )
}

/** Reads the code of the address and takes it out of there at once: no history keeps it. */
function takeCode(): string | null {
  const code = codeInFragment(location.hash)
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname)
  return code
}

function OpenWall({ onRefused }: { onRefused: (wasOpen: boolean) => void }) {
  const link = useWallLink(onRefused)
  return link.board === null ? (
    <Loading rows={8} />
  ) : (
    <WallBoardView link={link} board={link.board} />
  )
}

function useWallLink(onRefused: (wasOpen: boolean) => void): WallLink {
  const [link, setLink] = useState(() => startWall(Date.now()))
  useEffect(() => {
    let version: string | null = null
    // browsers keep cookies for 400 days: each start begins them anew
    api.wallBoard().catch(() => undefined)
    return connectWall((news) => {
      if (news.type === 'refused') onRefused(version !== null)
      if (news.type === 'board') {
        // nobody is there to press "reload"
        if (version !== null && version !== news.board.appVersion) location.reload()
        version = news.board.appVersion
      }
      setLink((before) => reduceWall(before, news, Date.now()))
    })
    // one link for as long as the screen is open
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return link
}
