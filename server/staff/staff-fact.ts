/** They have a session from now on, it may be a second one. */
export interface StaffSignedIn {
  type: 'staff_signed_in'
  staffId: string
}

/** What happened to people, and to the phones at which they are. */
export type StaffFact =
  /** The last session of this person ended, however: their phone must not keep ringing. */
  | { type: 'staff_signed_out'; staffId: string }
  /** They work here no more. */
  | { type: 'staff_left'; staffId: string; actorId: string }
  /** This extension is theirs no more, or they work here no more. */
  | { type: 'staff_phone_lost'; staffId: string; extension: string }
  /** They answer at another of their phones from now on. */
  | { type: 'phone_moved'; staffId: string }
  /** A browser phone was given to somebody, or taken away. */
  | { type: 'browser_phone_given'; username: string; actorId: string; isTaken: boolean }
