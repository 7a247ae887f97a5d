#include "services/declaration/domain/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/date.h"
#include "common/base/timestamp.h"

namespace staraction::declaration::domain {
namespace {

using Event = v1::PledgeEvent;

// Noon of a day of October 2026 in Japan.
absl::Time Noon(int day) {
  return absl::FromCivil(absl::CivilHour(2026, 10, day, 3), absl::UTCTimeZone());
}

Event Did(Event::Kind kind, int recorded, int effective = 0) {
  Event event;
  event.set_kind(kind);
  *event.mutable_record_time() = ToTimestamp(Noon(recorded));
  *event.mutable_effective_date() =
      ToProtoDate(absl::CivilDay(2026, 10, effective == 0 ? recorded : effective));
  return event;
}

PledgeHistory Of(std::vector<Event> events, bool president = false, int on_list = 1,
                 const std::string& department = "") {
  PledgeHistory history;
  history.pledge.set_president(president);
  history.pledge.set_department(department);
  *history.pledge.mutable_create_time() = ToTimestamp(Noon(on_list));
  history.events = std::move(events);
  return history;
}

TEST(Coverage, OfAnEarlierDayAsKnownThenAndNow) {
  const struct {
    const char* name;
    PledgeHistory history;
    int day;
    bool then, now;
  } kCases[] = {
      {"signed that day", Of({Did(Event::KIND_SIGNED, 5)}), 5, true, true},
      {"signed later", Of({Did(Event::KIND_SIGNED, 5)}), 4, false, false},
      {"paper of the 3rd, recorded on the 8th, seen on the 5th",
       Of({Did(Event::KIND_RECORDED, 8, 3)}), 5, false, true},
      {"the same, seen on the 2nd", Of({Did(Event::KIND_RECORDED, 8, 3)}), 2, false, false},
      {"the same, seen on the 8th", Of({Did(Event::KIND_RECORDED, 8, 3)}), 8, true, true},
      {"withdrawn later", Of({Did(Event::KIND_SIGNED, 3), Did(Event::KIND_WITHDRAWN, 6)}), 5, true,
       true},
      {"withdrawn before", Of({Did(Event::KIND_SIGNED, 3), Did(Event::KIND_WITHDRAWN, 4)}), 5,
       false, false},
      {"given anew",
       Of({Did(Event::KIND_SIGNED, 3), Did(Event::KIND_WITHDRAWN, 4), Did(Event::KIND_SIGNED, 5)}),
       5, true, true},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(CoverageAt({c.history}, Noon(c.day), Knowledge::kThen).pledged(), c.then) << c.name;
    EXPECT_EQ(CoverageAt({c.history}, Noon(c.day), Knowledge::kNow).pledged(), c.now) << c.name;
  }
}

TEST(Coverage, CountsWhoWasOnTheListAndAsked) {
  const struct {
    const char* name;
    PledgeHistory history;
    int counted, exempt;
  } kCases[] = {
      {"asked", Of({}), 1, 0},
      {"not on the list yet", Of({}, false, 9), 0, 0},
      {"exempt", Of({Did(Event::KIND_EXEMPTED, 2)}), 0, 1},
      {"exempt later", Of({Did(Event::KIND_EXEMPTED, 9)}), 1, 0},
      {"asked again", Of({Did(Event::KIND_EXEMPTED, 2), Did(Event::KIND_INCLUDED, 3)}), 1, 0},
      {"exempt and pledged", Of({Did(Event::KIND_EXEMPTED, 2), Did(Event::KIND_SIGNED, 3)}), 1, 0},
  };
  for (const auto& c : kCases) {
    const v1::Coverage coverage = CoverageAt({c.history}, Noon(5), Knowledge::kThen);
    EXPECT_EQ(coverage.counted(), c.counted) << c.name;
    EXPECT_EQ(coverage.exempt(), c.exempt) << c.name;
  }
}

TEST(Coverage, ReportTellsDepartmentsApart) {
  const std::vector<PledgeHistory> histories = {
      Of({Did(Event::KIND_SIGNED, 3)}, true, 1, "役員"),
      Of({}, false, 1, "製造部"),
      Of({Did(Event::KIND_SIGNED, 4)}, false, 1, "製造部"),
  };
  const v1::CampaignCoverage report = ReportCoverage(histories, Noon(5));
  EXPECT_DOUBLE_EQ(report.known_then().ratio(), 2.0 / 3);
  EXPECT_TRUE(report.known_then().president_pledged());
  EXPECT_FALSE(report.known_then().president_pending());
  ASSERT_EQ(report.departments_size(), 2);
  EXPECT_EQ(report.departments(0).department(), "役員");
  EXPECT_DOUBLE_EQ(report.departments(0).coverage().ratio(), 1);
  EXPECT_DOUBLE_EQ(report.departments(1).coverage().ratio(), 0.5);
  EXPECT_DOUBLE_EQ(CoverageAt({}, Noon(5), Knowledge::kNow).ratio(), 0);
}

}  // namespace
}  // namespace staraction::declaration::domain
