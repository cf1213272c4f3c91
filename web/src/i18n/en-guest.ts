/** The words of people without an account who come by a meeting's link, in English; a part of `en`. */
export const enGuest = {
  'guest.title': 'Join the meeting',
  'guest.titled': 'Join “{{title}}”',
  'guest.name': 'Your name',
  'guest.nameHint': 'Everybody in the meeting sees it.',
  'guest.badName': 'Enter a name of at most 64 characters',
  'guest.join': 'Continue as a guest',
  'guest.joining': 'One moment…',
  'guest.locked': 'The meeting is locked: nobody new comes in now.',
  'guest.have': 'Do you have an account?',
  'guest.signIn': 'Sign in',
  'guest.otherName': 'Another name',
  'guest.thanks': 'Thank you for coming, {{name}}.',
  'guest.tag': 'Guest',
  'admin.guests': 'Guests of meetings',
  'meeting.guests': 'People without an account may join by the link',
  'meeting.guestsHint': 'Whoever has the link comes in with a name of their choice.',
} as const;
