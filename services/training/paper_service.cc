#include "services/training/paper_service.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/status/errors.h"
#include "services/training/courses.h"
#include "services/training/domain/draw.h"
#include "services/training/domain/paper_rules.h"
#include "services/training/store/attempt_store.h"
#include "services/training/store/scan_store.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Transaction;

constexpr int kUsualVariants = 2;

absl::Status CheckKind(const v1::PaperTest& paper) {
  if (paper.kind() == v1::Attempt::KIND_BEFORE || paper.kind() == v1::Attempt::KIND_AFTER) {
    return absl::OkStatus();
  }
  return InvalidField("paper_test.kind", "wanted BEFORE or AFTER; a retest is drawn for one member",
                      "研修前または研修後を指定してください。再テストは本人ごとに作成します");
}

}  // namespace

absl::StatusOr<v1::PaperTest> PaperService::Draw(Transaction& tx, const std::string& parent,
                                                 v1::PaperTest paper) const {
  AttemptStore store(tx);
  SA_ASSIGN_OR_RETURN(const std::string pack, store.FirstPack(parent, paper.course()));
  const content::v1::Course& course = *FindCourse(library_, paper.course(), pack);
  SA_ASSIGN_OR_RETURN(const std::vector<v1::PaperTest> earlier,
                      store.Papers(parent, paper.course()));
  for (auto& variant :
       DrawVariants(course, paper.kind(), earlier, paper.variant_count(), paper.seed())) {
    *paper.add_variants() = std::move(variant);
  }
  paper.set_pass_percent(course.test().pass_percent());
  paper.set_pack(PackOf(course));
  return kPaperTests.Insert(tx, std::move(paper));
}

PaperService::Reactor* PaperService::CreatePaperTest(Context* context,
                                                     const v1::CreatePaperTestRequest* request,
                                                     v1::PaperTest* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::PaperTest> {
        v1::PaperTest paper = request->paper_test();
        SA_RETURN_IF_ERROR(
            CheckTestedCourse(FindCourse(library_, paper.course()), "paper_test.course"));
        SA_RETURN_IF_ERROR(CheckKind(paper));
        paper.set_name(absl::StrCat(request->parent(), "/paperTests/", NewId(call.now)));
        if (paper.variant_count() == 0) paper.set_variant_count(kUsualVariants);
        paper.set_seed(seeds_());
        paper.set_recorded_by(call.Actor());
        return pool_.Write(call, *request, [&](Transaction& tx) -> absl::StatusOr<v1::PaperTest> {
          SA_ASSIGN_OR_RETURN(v1::PaperTest stored, Draw(tx, request->parent(), paper));
          return Shown(std::move(stored));
        });
      });
}

PaperService::Reactor* PaperService::GetPaperTest(Context* context,
                                                  const v1::GetPaperTestRequest* request,
                                                  v1::PaperTest* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<v1::PaperTest> {
      SA_ASSIGN_OR_RETURN(v1::PaperTest paper, kPaperTests.Get(tx, request->name()));
      return Shown(std::move(paper));
    });
  });
}

PaperService::Reactor* PaperService::ListPaperTests(Context* context,
                                                    const v1::ListPaperTestsRequest* request,
                                                    v1::ListPaperTestsResponse* response) {
  using Response = v1::ListPaperTestsResponse;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_ASSIGN_OR_RETURN(auto page, kPaperTests.List(tx, request->parent(), *request));
      for (v1::PaperTest& paper : page.items) paper = Shown(std::move(paper));
      return pg::ToResponse(std::move(page), &Response::mutable_paper_tests);
    });
  });
}

PaperService::Reactor* PaperService::CreateTrainingScan(
    Context* context, const v1::CreateTrainingScanRequest* request, v1::TrainingScan* response) {
  return rpc_.Unary(
      context, request, response,
      [this, request](const Call& call) -> absl::StatusOr<v1::TrainingScan> {
        v1::TrainingScan scan = request->training_scan();
        SA_RETURN_IF_ERROR(CheckScan(scan, request->content(), TokyoDay(call.now)));
        scan.set_name(absl::StrCat(request->parent(), "/trainingScans/", NewId(call.now)));
        scan.set_recorded_by(call.Actor());
        return pool_.Write(call, *request, [&](Transaction& tx) {
          return InsertScan(tx, scan, request->content());
        });
      });
}

PaperService::Reactor* PaperService::GetTrainingScan(Context* context,
                                                     const v1::GetTrainingScanRequest* request,
                                                     v1::TrainingScan* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) { return kScans.Get(tx, request->name()); });
  });
}

PaperService::Reactor* PaperService::DownloadTrainingScan(
    Context* context, const v1::DownloadTrainingScanRequest* request,
    google::api::HttpBody* response) {
  using Response = google::api::HttpBody;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_ASSIGN_OR_RETURN(const v1::TrainingScan scan, kScans.Get(tx, request->name()));
      Response body;
      body.set_content_type(scan.media_type());
      SA_ASSIGN_OR_RETURN(*body.mutable_data(), ReadScan(tx, request->name()));
      return body;
    });
  });
}

}  // namespace staraction::training
