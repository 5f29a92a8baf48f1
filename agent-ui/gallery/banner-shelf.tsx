import type { PbxStatus } from '#contract/queues.ts'
import {
  DatabaseBanner,
  HolidaysBanner,
  OutdatedBanner,
  PbxBanner,
  StaleBanner,
} from '../screens/shell/banners.tsx'
import { Shelf, State } from './shelf.tsx'

const now = Date.now()
const since = new Date(now - 95_000).toISOString()

function pbx(link: PbxStatus['link']): PbxStatus {
  return { pbxId: 'pbx1', link, since, version: null, problem: null }
}

/** What stands below the header while something is wrong. */
export function BannerShelf() {
  return (
    <Shelf title="Banners">
      <State name="no news from the service">
        <StaleBanner lostAt={since} />
      </State>
      <State name="a PBX is away, and comes back">
        <PbxBanner pbx={pbx('closed')} now={now} />
        <PbxBanner pbx={pbx('login_refused')} now={now} />
        <PbxBanner pbx={pbx('syncing')} now={now} />
      </State>
      <State name="the database takes no writes">
        <DatabaseBanner since={since} now={now} />
      </State>
      <State name="a newer page is there">
        <OutdatedBanner />
      </State>
      <State name="holidays are missing, and provisional">
        <HolidaysBanner year={2027} coverage="missing" onClose={() => undefined} />
        <HolidaysBanner year={2027} coverage="projected" onClose={() => undefined} />
      </State>
    </Shelf>
  )
}
