/** Minutes in words, by the plural categories of CLDR; `other` stands in for those left out. */
type Minutes = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** What is said of a queue in one language. `#` is the number. */
export interface QueuePhrases {
  /** Who is served next. */
  next: string;
  /** Who stands at place `#`. */
  position: string;
  soon: string;
  minutes: Minutes;
  hour: string;
}

/** Phrases by language. */
export const QUEUE_PHRASES: Readonly<Record<string, QueuePhrases>> = {
  de: {
    next: "Sie sind als Nächstes an der Reihe.",
    position: "Sie sind in der Warteschlange auf Platz #.",
    soon: "Die Wartezeit beträgt voraussichtlich weniger als eine Minute.",
    minutes: {
      one: "Die Wartezeit beträgt voraussichtlich etwa eine Minute.",
      other: "Die Wartezeit beträgt voraussichtlich etwa # Minuten.",
    },
    hour: "Die Wartezeit beträgt voraussichtlich mehr als eine Stunde.",
  },
  en: {
    next: "You are next in line.",
    position: "You are number # in the queue.",
    soon: "The estimated waiting time is less than a minute.",
    minutes: {
      one: "The estimated waiting time is about one minute.",
      other: "The estimated waiting time is about # minutes.",
    },
    hour: "The estimated waiting time is more than an hour.",
  },
  es: {
    next: "Usted es el siguiente en la cola.",
    position: "Usted está en la posición # de la cola.",
    soon: "El tiempo de espera estimado es de menos de un minuto.",
    minutes: {
      one: "El tiempo de espera estimado es de alrededor de un minuto.",
      other: "El tiempo de espera estimado es de alrededor de # minutos.",
    },
    hour: "El tiempo de espera estimado es de más de una hora.",
  },
  fr: {
    next: "Vous êtes le prochain appel dans la file d'attente.",
    position: "Vous êtes en position # dans la file d'attente.",
    soon: "Le temps d'attente estimé est de moins d'une minute.",
    minutes: {
      one: "Le temps d'attente estimé est d'environ une minute.",
      other: "Le temps d'attente estimé est d'environ # minutes.",
    },
    hour: "Le temps d'attente estimé est de plus d'une heure.",
  },
  it: {
    next: "La sua chiamata è la prossima in coda.",
    position: "La sua chiamata è in posizione # nella coda.",
    soon: "Il tempo di attesa stimato è inferiore a un minuto.",
    minutes: {
      one: "Il tempo di attesa stimato è di circa un minuto.",
      other: "Il tempo di attesa stimato è di circa # minuti.",
    },
    hour: "Il tempo di attesa stimato è superiore a un'ora.",
  },
  nl: {
    next: "U bent als eerste aan de beurt.",
    position: "U bent nummer # in de wachtrij.",
    soon: "De geschatte wachttijd is minder dan een minuut.",
    minutes: {
      one: "De geschatte wachttijd is ongeveer één minuut.",
      other: "De geschatte wachttijd is ongeveer # minuten.",
    },
    hour: "De geschatte wachttijd is meer dan een uur.",
  },
  pt: {
    next: "A sua chamada é a próxima da fila.",
    position: "A sua chamada está na posição # da fila.",
    soon: "O tempo de espera estimado é de menos de um minuto.",
    minutes: {
      one: "O tempo de espera estimado é de cerca de um minuto.",
      other: "O tempo de espera estimado é de cerca de # minutos.",
    },
    hour: "O tempo de espera estimado é de mais de uma hora.",
  },
};
