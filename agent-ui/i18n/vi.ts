import { admin } from './vi-admin.ts'
import { boardTexts } from './vi-board.ts'
import { customerTexts } from './vi-customers.ts'
import { alarmTexts } from './vi-alarms.ts'
import { draftTexts } from './vi-drafts.ts'
import { fieldTexts } from './vi-field.ts'
import { fileTexts } from './vi-files.ts'
import { missedTexts } from './vi-missed.ts'
import { outageTexts } from './vi-outages.ts'
import { notificationTexts } from './vi-notifications.ts'
import { phoneTexts } from './vi-phone.ts'
import { process } from './vi-process.ts'
import { records } from './vi-records.ts'
import { refusalTexts } from './vi-refusals.ts'
import { replyTexts } from './vi-replies.ts'
import { shell } from './vi-shell.ts'
import { shiftTexts } from './vi-shift.ts'
import { steeringTexts } from './vi-steering.ts'
import { timelines } from './vi-timelines.ts'
import { viewTexts } from './vi-views.ts'
import { wallTexts } from './vi-wall.ts'
import { wordTexts } from './vi-words.ts'
import { work } from './vi-work.ts'

/** Vietnamese texts, the default language, without those of `vi-later.ts`. */
export const vi = {
  ...admin,
  ...shell,
  ...work,
  ...records,
  ...timelines,
  ...process,
  ...notificationTexts,
  ...refusalTexts,
  ...customerTexts,
  ...replyTexts,
  ...outageTexts,
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
