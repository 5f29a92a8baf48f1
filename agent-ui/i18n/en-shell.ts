/** English texts of the frame of the page and its messages. */
export const shell = {
  app: {
    name: 'DCNET hotline',
    language: 'Language',
    toDark: 'Switch to dark',
    toLight: 'Switch to light',
    soundOn: 'Turn the ring sound on',
    soundOff: 'Turn the ring sound off',
    signOut: 'Sign out',
    account: 'Account {{name}}',
    navigation: 'Main navigation',
    extension: 'Extension {{extension}}',
    noExtension: 'No extension assigned',
    skip: 'Skip to content',
  },
  screen: {
    desk: 'Desk',
    tickets: 'Tickets',
    queues: 'Queues',
    calls: 'Calls',
    staff: 'Staff',
    jobs: 'Background jobs',
  },
  role: {
    agent: 'Agent',
    noc: 'NOC',
    field: 'Field',
    supervisor: 'Supervisor',
    admin: 'Admin',
  },
  common: {
    loading: 'Loading…',
    retry: 'Try again',
    save: 'Save',
    saved: 'Saved',
    cancel: 'Cancel',
    close: 'Close',
    more: 'Show more',
    none: '—',
    unknownCaller: 'Unknown caller',
    actions: 'Actions',
  },
  connection: {
    stale: 'Reconnecting… data may be stale',
    restored: 'Connection restored',
    pbxDown: 'PBX {{pbx}}: {{state}} since {{since}}. Data may be stale.',
    databaseWaiting:
      'The database has been busy since {{since}}: calls go on, tickets open once it can be written.',
    outdated: 'A new version of this page is available.',
    reload: 'Reload the page',
  },
  calendar: {
    missing:
      'The calendar has no holidays of Tet {{year}}: deadlines into {{year}} are provisional. An administrator has to enter them.',
    projected:
      'The holidays of {{year}} are not confirmed: an administrator has to enter Tet and National Day from the official notice.',
  },
  pbx: {
    connecting: 'connecting',
    syncing: 'syncing',
    ready: 'ready',
    closed: 'disconnected',
    login_refused: 'sign-in refused',
  },
  failure: {
    unreachable: 'The server cannot be reached. Check the network and try again.',
    signed_out: 'Session expired. Please sign in again.',
    forbidden: 'You do not have permission.',
    missing: 'Not found. It may have been removed or the address is wrong.',
    conflict: 'This was just changed, or the action no longer fits.',
    throttled: 'Too fast. Try again in {{seconds}} s.',
    busy: 'The database is busy; nothing was done. Try again in {{seconds}} s.',
    invalid: 'Something in the input is not right.',
    unavailable: 'The PBX is not ready; nothing was done.',
    server_fault: 'The server had a fault. Try again in a few minutes.',
  },
  fieldFault: {
    number_scientific:
      'The number was shortened by a spreadsheet and lost its last digits. Enter it as text, for example 0912 345 678.',
    number_decimal: 'The number has decimals. Enter all digits as text, for example 0912 345 678.',
    number_several:
      'The number holds more than one number. Give each its own line, for example 0912 345 678.',
    number_letters:
      'The number has letters or signs. Enter the number alone, the name in the label, for example 0912 345 678.',
    number_too_long: 'The number is longer than 15 digits, for example 0912 345 678.',
    number_digits:
      'The number has too few or too many digits. A mobile has 10, a fixed line 11 (024 3822 3344), a foreign number begins with +, for example 0912 345 678.',
    number_short:
      'The number is a short code or an extension, not a customer’s number, for example 0912 345 678.',
    local_member:
      'The PBX has this extension in the queue by a Local channel, which is not supported. Ask an administrator to make it PJSIP or to remove it there.',
    number_nobody: 'The number is no number that anybody has, for example 0912 345 678.',
  },
  page: {
    notFoundTitle: 'There is no such page',
    notFoundText: 'The address is wrong or the page has moved.',
    forbiddenTitle: 'You may not see this page',
    forbiddenText:
      'The role {{role}} does not use this screen. Ask an administrator if you need it.',
    crashTitle: 'This page had a fault',
    crashText: 'What was saved is still on the server. Reload the page to go on.',
    home: 'Go to my start page',
  },
  signIn: {
    title: 'Sign in',
    hint: 'Customer care hotline 19000382',
    username: 'Username',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'The username or the password is wrong.',
    throttled: 'Too many wrong tries. Try again in {{seconds}} s.',
    expired: 'Session expired. Sign in to go on; your drafts are kept.',
    capsLock: 'Caps Lock is on',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    help: 'Show the shortcuts',
    screens: 'Switch screens in the order of the bar',
    promise: 'Promise a callback for the open ticket',
    state: 'Change my state',
    ringing: 'Preview the ringing call',
    search: 'Search tickets',
    save: 'Save the ticket being edited',
    leave: 'Leave the field, close the box',
    note: 'Shortcuts do nothing while you type in a field (except Ctrl+Enter and Esc).',
  },
}
