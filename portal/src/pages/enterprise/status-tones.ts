/** How the status of an organisation looks. */
export const statusTones = {
  certified: 'good',
  submitted: 'warm',
  returned: 'bad',
  rejected: 'bad',
  registered: 'calm',
  annulled: 'bad',
} as const;
