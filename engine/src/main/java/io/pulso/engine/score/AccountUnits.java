package io.pulso.engine.score;

import java.util.ArrayList;
import java.util.List;

/// Makes the units of accounts out of those of their people: each person's day is cut, the people
/// of a day are added up, and the sum is divided.
public final class AccountUnits {
  private static final long ONE = 1000;

  private final long perPerson;
  private final RollUpBuilder sums;

  /// Starts without any people.
  ///
  /// @param perPerson the most milli-units of one person's day; the greatest number where all count
  public AccountUnits(int accounts, long perPerson) {
    this.perPerson = perPerson;
    this.sums = RollUp.builder(accounts);
  }

  /// Adds the uncut milli-units of one person, of which there is one row an account and day, in any
  /// order.
  public AccountUnits add(int account, int day, long units) {
    sums.add(account, day, Math.min(units, perPerson));
    return this;
  }

  /// What the day's sum of an account is divided by.
  @FunctionalInterface
  public interface Divisor {
    /// Every sum stays as it is.
    Divisor NONE = (_, _) -> ONE;

    /// In thousandths: 2500 seats are 2.5. Less than 1000, as for seats that are missing, cannot be
    /// divided by.
    long thousandths(int account, int day);

    /// By the people active on that day, at least one.
    static Divisor activePeople(Divisor people) {
      return (account, day) -> Math.max(ONE, people.thousandths(account, day));
    }
  }

  /// An account's day with units that count nothing because there is nothing to divide them by.
  public record Undivided(int account, int day, long units) {}

  /// The units of accounts, and the days that count nothing.
  public record Divided(RollUp units, List<Undivided> undivided) {
    public Divided {
      undivided = List.copyOf(undivided);
    }
  }

  /// Ends the collecting.
  public Divided divide(Divisor divisor) {
    RollUp summed = sums.build();
    RollUpBuilder units = RollUp.builder(summed.subjects());
    List<Undivided> undivided = new ArrayList<>();
    for (int account = 0; account < summed.subjects(); account++) {
      for (int row = summed.from(account); row < summed.to(account); row++) {
        int day = summed.day(row);
        long by = divisor.thousandths(account, day);
        if (by < ONE) {
          undivided.add(new Undivided(account, day, summed.units(row)));
        } else {
          units.add(account, day, Rounding.divide(summed.units(row) * ONE, by));
        }
      }
    }
    return new Divided(units.build(), undivided);
  }
}
