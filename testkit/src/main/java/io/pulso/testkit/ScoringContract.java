package io.pulso.testkit;

import java.util.SortedMap;
import org.junit.jupiter.api.Nested;

/// What every engine must do, in worlds small enough to add up by hand. A subclass only says how a
/// world is scored.
public abstract class ScoringContract {
  protected abstract SortedMap<String, Scored> score(World world, Asked asked);

  @Nested
  class Examples extends ExampleRules {
    Examples() {
      super(ScoringContract.this::score);
    }
  }

  @Nested
  class Days extends DayRules {
    Days() {
      super(ScoringContract.this::score);
    }
  }

  @Nested
  class Identity extends IdentityRules {
    Identity() {
      super(ScoringContract.this::score);
    }
  }

  @Nested
  class KnownAt extends KnownAtRules {
    KnownAt() {
      super(ScoringContract.this::score);
    }
  }

  @Nested
  class Units extends UnitRules {
    Units() {
      super(ScoringContract.this::score);
    }
  }

  @Nested
  class Points extends PointRules {
    Points() {
      super(ScoringContract.this::score);
    }
  }

  @Nested
  class Subjects extends SubjectRules {
    Subjects() {
      super(ScoringContract.this::score);
    }
  }

  @Nested
  class Matches extends MatchRules {
    Matches() {
      super(ScoringContract.this::score);
    }
  }

  @Nested
  class Accounts extends AccountRules {
    Accounts() {
      super(ScoringContract.this::score);
    }
  }
}
