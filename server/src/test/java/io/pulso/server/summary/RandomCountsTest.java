package io.pulso.server.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.pulso.engine.event.Event;
import io.pulso.engine.event.EventType;
import io.pulso.engine.json.Json;
import io.pulso.engine.model.Model;
import io.pulso.server.score.Folders;
import io.pulso.server.score.Histories;
import io.pulso.server.score.InUse;
import io.pulso.server.score.WorldStore;
import io.pulso.server.store.Erasures;
import io.pulso.server.store.Objections;
import io.pulso.server.store.Store;
import io.pulso.testkit.Asked;
import io.pulso.testkit.RandomCase;
import io.pulso.testkit.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random models over random worlds that come in batches, late and early: what is stored of a day
/// and claims to be right is what its scores say, to the digit, after each batch and whatever else
/// changes the store.
class RandomCountsTest {
  private static final int BATCHES = 5;
  private static final int BEFORE = 5;
  private static final long HOURS = 7 * 3_600_000_000L;

  private int compared;
  private long responsive;

  /// The same model under a name and text of its own.
  private static Model named(Model model, String name) {
    return new Model(
        name,
        model.title(),
        model.subject(),
        model.appliesTo(),
        model.priority(),
        model.method(),
        model.window(),
        model.decay(),
        model.base(),
        model.clamp(),
        model.groups(),
        model.activities(),
        model.bands(),
        model.bandsName(),
        model.tests(),
        name + " " + System.identityHashCode(model));
  }

  private static ModelLine line(Model one, Model two, int first, int today) {
    InUse use = new InUse(one, "1");
    if (one.subject() != two.subject() || one.equals(two)) {
      return new ModelLine(List.of(new Histories.Period(use, first, today)));
    }
    return new ModelLine(
        List.of(
            new Histories.Period(use, first, today - BEFORE),
            new Histories.Period(new InUse(two, "2"), today - BEFORE + 1, today)));
  }

  /// The same, with e-mails to customers some hours before what they did.
  private static World contacted(World world) {
    List<Event> records = new ArrayList<>();
    for (Event event : world.records()) {
      if (event.userId() != null && event.type() == EventType.TRACK) {
        records.add(
            new Event(
                EventType.TRACK,
                event.userId(),
                null,
                null,
                null,
                "Email Delivered",
                null,
                null,
                event.occurredAt() - HOURS,
                event.receivedAt(),
                event.receivedAssumed(),
                "mail of " + event.messageId(),
                event.source(),
                event.trusted(),
                Json.Obj.EMPTY,
                Json.Obj.EMPTY,
                Json.Obj.EMPTY));
      }
      records.add(event);
    }
    return new World(world.zone(), records);
  }

  private void world(long seed) {
    RandomCase plain = RandomCase.of(seed);
    RandomCase random = new RandomCase(contacted(plain.world()), plain.questions());
    List<Model> models = random.questions().stream().map(Asked::model).distinct().toList();
    Folders.with(folder -> {
      Store store = WorldStore.open(folder, random.world());
      List<CountedWorld> counted = new ArrayList<>();
      for (int i = 1; i < Math.min(3, models.size()); i++) {
        int today = Math.toIntExact(random.questions().get(i).asOf().toEpochDay()) + 2;
        ModelLine line =
            line(
                named(models.get(i - 1), "m" + i),
                named(models.get(i), "m" + i),
                today - CountedWorld.DAYS,
                today);
        counted.add(new CountedWorld(store, line, today));
      }
      int[] batches = {0};
      try (WorldStore live =
          WorldStore.live(
              store,
              random.world(),
              models,
              BATCHES,
              change -> {
                compared += counted.stream().mapToInt(CountedWorld::check).sum();
                if (batches[0]++ % 2 == 0) {
                  counted.forEach(each -> each.count().checkAll());
                }
              })) {
        after(live.store(), random, models, counted, seed);
        return true;
      }
    });
  }

  /// Everything else that changes what is stored.
  private void after(
      Store store, RandomCase random, List<Model> models, List<CountedWorld> counted, long seed) {
    Random dice = new Random(seed);
    List<String> ids =
        random.world().records().stream().map(Event::userId).filter(id -> id != null).toList();
    for (int step = 0; step < 4 && !ids.isEmpty(); step++) {
      counted.forEach(each -> each.count().checkAll());
      String id = ids.get(dice.nextInt(ids.size()));
      try {
        switch (step) {
          case 0 -> store.objections().object(id, "test", "", 1);
          case 1 -> store.objections().withdraw(id, "test", 2);
          case 2 -> store.erasures().forget(id, "test", 3, models);
          default -> store.rebuild(models);
        }
      } catch (Objections.UnknownPerson | Erasures.UnknownPerson e) {
        continue;
      }
      compared += counted.stream().mapToInt(CountedWorld::check).sum();
    }
    counted.forEach(each -> each.count().checkAll());
    responsive += counted.stream().mapToLong(CountedWorld::responsive).sum();
  }

  private void worlds(long first, int count) {
    for (long seed = first; seed < first + count; seed++) {
      try {
        world(seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("the world of seed " + seed, e);
      }
    }
    assertThat(compared).isGreaterThan(count);
    assertThat(responsive).isPositive();
  }

  @Test
  void counts_that_claim_to_be_right_are_those_of_the_scores_of_some_random_worlds() {
    worlds(Long.getLong("pulso.seed", 1), Integer.getInteger("pulso.cases", 4));
  }

  @Test
  @Tag("long")
  void counts_that_claim_to_be_right_are_those_of_the_scores_of_many_random_worlds() {
    worlds(Long.getLong("pulso.seed", 3_000_000), Integer.getInteger("pulso.cases", 1_000));
  }
}
