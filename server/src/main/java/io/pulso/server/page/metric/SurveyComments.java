package io.pulso.server.page.metric;

import io.pulso.engine.expr.Condition;
import io.pulso.engine.metric.Period;
import io.pulso.engine.model.Model;
import io.pulso.server.page.Site;
import io.pulso.server.page.Visit;
import io.pulso.server.store.Comments;
import io.pulso.server.store.Store;
import io.pulso.server.store.View;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/// Comments of those whom a reader sees.
final class SurveyComments {
  private static final int MOST = 50;

  /// Some are of people whom the reader does not see.
  private static final int READ = 1_000;

  private final Site site;
  private final Visit visit;
  private final Store store;
  private final View view;

  SurveyComments(Site site, Visit visit, Store store, View view) {
    this.site = site;
    this.visit = visit;
    this.store = store;
    this.view = view;
  }

  /// @param tone of a score
  List<SurveyPages.Comment> find(
      String kind, String text, Period period, DoubleFunction<String> tone) {
    List<Comments.Row> rows =
        view.comments()
            .find(
                new Comments.Asked(
                    kind,
                    text,
                    site.questions().days().start(period.first()),
                    site.questions().days().end(period.last()),
                    null,
                    READ));
    int[] numbers = rows.stream().mapToInt(Comments.Row::subject).distinct().toArray();
    int today = site.questions().today();
    BitSet seen = view.stillThere(Model.Subject.CUSTOMER, numbers);
    Condition accounts = visit.sight().accounts();
    if (accounts != null) {
      seen.and(view.matching(Model.Subject.CUSTOMER, accounts, today, numbers));
    }
    List<Comments.Row> shown =
        rows.stream().filter(row -> seen.get(row.subject())).limit(MOST).toList();
    Map<Integer, String> names =
        visit.sight().masks("name")
            ? Map.of()
            : view.names(
                Model.Subject.CUSTOMER,
                shown.stream().mapToInt(Comments.Row::subject).distinct().toArray(),
                today);
    List<SurveyPages.Comment> found = new ArrayList<>();
    for (Comments.Row row : shown) {
      Double score = row.score();
      found.add(
          new SurveyPages.Comment(
              names.getOrDefault(row.subject(), view.id(Model.Subject.CUSTOMER, row.subject())),
              "/customers/" + store.opaqueIds().of(Model.Subject.CUSTOMER, row.subject()),
              score == null ? visit.t("frame.none") : visit.figures().decimal(score, 2),
              score == null ? "" : tone.apply(score),
              row.text(),
              visit.figures().ago(row.at())));
    }
    return found;
  }
}
