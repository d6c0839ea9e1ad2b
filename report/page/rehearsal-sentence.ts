/** What a report or a chat from the rehearsal service must not be taken for. */
export const rehearsalSentence =
  "This account is simulated by local-azure, not on Azure. The model is a small stand-in, and nothing was billed: amounts are what Azure would charge.";
