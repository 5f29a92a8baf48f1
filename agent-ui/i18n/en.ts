import { admin } from './en-admin.ts'
import { boardTexts } from './en-board.ts'
import { customerTexts } from './en-customers.ts'
import { alarmTexts } from './en-alarms.ts'
import { draftTexts } from './en-drafts.ts'
import { fieldTexts } from './en-field.ts'
import { fileTexts } from './en-files.ts'
import { jobs } from './en-jobs.ts'
import { missedTexts } from './en-missed.ts'
import { nocTexts } from './en-noc.ts'
import { outageTexts } from './en-outages.ts'
import { notificationTexts } from './en-notifications.ts'
import { phoneTexts } from './en-phone.ts'
import { process } from './en-process.ts'
import { records } from './en-records.ts'
import { refusalTexts } from './en-refusals.ts'
import { replyTexts } from './en-replies.ts'
import { settings } from './en-settings.ts'
import { shell } from './en-shell.ts'
import { shiftTexts } from './en-shift.ts'
import { steeringTexts } from './en-steering.ts'
import { timelines } from './en-timelines.ts'
import { viewTexts } from './en-views.ts'
import { wallTexts } from './en-wall.ts'
import { wordTexts } from './en-words.ts'
import { work } from './en-work.ts'

/** English texts; the same keys as `vi.ts` (tested). */
export const en = {
  ...admin,
  ...shell,
  ...work,
  ...records,
  ...timelines,
  ...jobs,
  ...process,
  ...notificationTexts,
  ...refusalTexts,
  ...customerTexts,
  ...settings,
  ...replyTexts,
  ...outageTexts,
  ...nocTexts,
  ...fieldTexts,
  ...fileTexts,
  ...missedTexts,
  ...viewTexts,
  ...wallTexts,
  ...wordTexts,
  ...phoneTexts,
  ...draftTexts,
  ...boardTexts,
  ...shiftTexts,
  ...alarmTexts,
  ...steeringTexts,
}
