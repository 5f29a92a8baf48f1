import type { Migration } from 'kysely/migration'
import * as m001 from './first-slice/001-staff.ts'
import * as m002 from './first-slice/002-customers.ts'
import * as m003 from './first-slice/003-calls-and-tickets.ts'
import * as m004 from './first-slice/004-callbacks-and-pops.ts'
import * as m005 from './first-slice/005-calendar.ts'
import * as m006 from './first-slice/006-indexes.ts'
import * as m007 from './first-slice/007-timelines.ts'
import * as m008 from './008-due-columns.ts'
import * as m009 from './009-set-aside.ts'
import * as m010 from './010-sign-in-origins.ts'
import * as m011 from './011-extension-holders.ts'
import * as m012 from './012-promise-retries.ts'
import * as m013 from './013-attempt-outcome-by.ts'
import * as m014 from './014-pops-on-screen.ts'
import * as m015 from './015-process.ts'
import * as m016 from './016-customers.ts'
import * as m017 from './017-search.ts'
import * as m018 from './018-outgoing-calls.ts'
import * as m019 from './019-search-notes.ts'
import * as m020 from './020-search-windows.ts'
import * as m021 from './021-noc-person.ts'
import * as m022 from './022-promise-ledger.ts'
import * as m024 from './024-attempt-word.ts'
import * as m025 from './025-customer-first.ts'
import * as m026 from './workplace/026-drafts.ts'
import * as m027 from './workplace/027-text-modules.ts'
import * as m028 from './workplace/028-attachments.ts'
import * as m029 from './workplace/029-browser-phone.ts'
import * as m030 from './workplace/030-saved-views.ts'
import * as m031 from './workplace/031-wrap-up.ts'
import * as m032 from './workplace/032-thumbnails.ts'
import * as m035 from './supervision/035-call-counts.ts'
import * as m036 from './supervision/036-call-segments.ts'
import * as m037 from './supervision/037-agent-times.ts'
import * as m039 from './supervision/039-wall-devices.ts'
import * as m040 from './supervision/040-alarms.ts'
import * as m041 from './supervision/041-alarm-messages.ts'
import * as m042 from './supervision/042-help-and-messages.ts'
import * as m043 from './supervision/043-hand-overs.ts'
import * as m044 from './supervision/044-figure-targets.ts'

/** Every migration, in order. Forward only; each may run again after a half-done try. */
export const migrations: Record<string, Migration> = {
  '001-staff': m001,
  '002-customers': m002,
  '003-calls-and-tickets': m003,
  '004-callbacks-and-pops': m004,
  '005-calendar': m005,
  '006-indexes': m006,
  '007-timelines': m007,
  '008-due-columns': m008,
  '009-set-aside': m009,
  '010-sign-in-origins': m010,
  '011-extension-holders': m011,
  '012-promise-retries': m012,
  '013-attempt-outcome-by': m013,
  '014-pops-on-screen': m014,
  '015-process': m015,
  '016-customers': m016,
  '017-search': m017,
  '018-outgoing-calls': m018,
  '019-search-notes': m019,
  '020-search-windows': m020,
  '021-noc-person': m021,
  '022-promise-ledger': m022,
  '024-attempt-word': m024,
  '025-customer-first': m025,
  '026-drafts': m026,
  '027-text-modules': m027,
  '028-attachments': m028,
  '029-browser-phone': m029,
  '030-saved-views': m030,
  '031-wrap-up': m031,
  '032-thumbnails': m032,
  '035-call-counts': m035,
  '036-call-segments': m036,
  '037-agent-times': m037,
  '039-wall-devices': m039,
  '040-alarms': m040,
  '041-alarm-messages': m041,
  '042-help-and-messages': m042,
  '043-hand-overs': m043,
  '044-figure-targets': m044,
}
