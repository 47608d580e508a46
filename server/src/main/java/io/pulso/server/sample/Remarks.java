package io.pulso.server.sample;

import org.jspecify.annotations.Nullable;

/// What some people write beside their answers to surveys: it fits the answer and what happened to
/// them. It has dice of its own, so that nothing else depends on who writes something.
final class Remarks {
  private static final double[] OFTEN = {0.5, 0.2, 0.3};
  private static final int UNHAPPY = 0;
  private static final int CONTENT = 1;
  private static final int HAPPY = 2;

  private static final String[][] NPS = {
    {
      "We hardly open it any more, the team went back to mail",
      "Too many clicks for simple things",
      "Hard to find anything once a project is older than a month",
      "Our people never really learnt how to use it",
      "The price is hard to defend for what we use of it"
    },
    {
      "Does the job, but the mobile app lags behind",
      "Good, although reports take some getting used to",
      "Fine for us, more integrations would help",
      "Solid, I would like better search"
    },
    {
      "The whole team lives in it, nothing gets lost any more",
      "New people are up and running in a day",
      "Saves us the Monday meeting",
      "I recommend it to every team I talk to",
      "Simple enough that everybody really uses it"
    }
  };
  private static final String[][] CSAT = {
    {
      "It took far too long until somebody answered",
      "I had to explain the problem three times",
      "The answer did not solve it",
      "Waited for days and then got a link to the manual"
    },
    {"Solved in the end", "Friendly, but slow", "Half of my question was answered"},
    {
      "Quick and to the point",
      "Very friendly, and it works again",
      "Answered within the hour, thank you",
      "They even told me how to avoid it next time"
    }
  };
  private static final String[][] EFFORT = {
    {
      "Five mails for one checkbox",
      "I needed help from our own IT to get this done",
      "The manual shows screens that are not there any more"
    },
    {"It was all right once I found the page", "Some back and forth"},
    {"One click and done", "The guide took me straight to it", "No effort at all"}
  };
  private static final String[] BROKEN = {
    "Since the last release it crashes on our Windows machines",
    "Errors all week, we could not work",
    "The update broke it for us"
  };
  private static final int GOOD_NPS = 9;
  private static final int MIDDLE_NPS = 7;

  private final Timetable time;
  private final Dice dice;

  Remarks(Timetable time, Dice dice) {
    this.time = time;
    this.dice = dice;
  }

  /// What somebody writes; null where it is nothing.
  ///
  /// @param day on which the survey was sent
  @Nullable String beside(Person p, String kind, long score, int day) {
    int mood = mood(kind, score);
    if (!dice.chance(OFTEN[mood])) {
      return null;
    }
    boolean broken = time.isBad(day) || time.isBad(day - 7);
    if (mood == UNHAPPY && broken && Habits.isHit(p)) {
      return dice.pick(BROKEN);
    }
    if (mood == HAPPY && kind.equals("nps") && dice.chance(0.4)) {
      return "What we would miss most: " + Person.FEATURES[p.order[dice.below(p.known)]];
    }
    return dice.pick(words(kind)[mood]);
  }

  private static int mood(String kind, long score) {
    return switch (kind) {
      case "nps" -> score >= GOOD_NPS ? HAPPY : score >= MIDDLE_NPS ? CONTENT : UNHAPPY;
      case "csat" -> score >= 4 ? HAPPY : score == 3 ? CONTENT : UNHAPPY;
      default -> score >= 5 ? HAPPY : score == 4 ? CONTENT : UNHAPPY;
    };
  }

  private static String[][] words(String kind) {
    return switch (kind) {
      case "nps" -> NPS;
      case "csat" -> CSAT;
      default -> EFFORT;
    };
  }
}
