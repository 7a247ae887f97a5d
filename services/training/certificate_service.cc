#include "services/training/certificate_service.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/date.h"
#include "common/base/id.h"
#include "common/base/macros.h"
#include "common/pg/field_value.h"
#include "common/resource/etag.h"
#include "common/resource/name.h"
#include "common/status/errors.h"
#include "services/training/courses.h"
#include "services/training/domain/certificate_rules.h"
#include "services/training/store/attempt_store.h"
#include "services/training/store/certificate_store.h"
#include "services/training/store/completion_store.h"
#include "services/training/store/tables.h"

namespace staraction::training {
namespace {

using pg::Transaction;
using v1::CompletionCertificate;

// The attempt by which the member reached the pass line of the course first.
absl::StatusOr<v1::Attempt> PassedAttempt(Transaction& tx, const CourseProgress& complete) {
  SA_ASSIGN_OR_RETURN(const std::vector<v1::Attempt> attempts,
                      AttemptStore(tx).OfMember(complete.engagement, complete.member));
  for (const v1::Attempt& attempt : attempts) {
    if (attempt.course() == complete.course && attempt.passed() &&
        attempt.state() == v1::Attempt::STATE_SUBMITTED &&
        attempt.kind() != v1::Attempt::KIND_BEFORE) {
      return attempt;
    }
  }
  return Internal("a course is complete without a passed attempt: " + complete.member);
}

}  // namespace

absl::StatusOr<CompletionCertificate> CertificateService::Named(
    const Call& call, const v1::CreateCompletionCertificateRequest& request) {
  CompletionCertificate certificate = request.completion_certificate();
  const auto member = ClientOf(certificate.member()) == call.client_name()
                          ? roster_.Get(call, certificate.member())
                          : NotFound(certificate.member());
  if (absl::IsNotFound(member.status())) {
    return InvalidField("completion_certificate.member",
                        "is not on the roster of the engagement's client",
                        "この支援案件の会社の名簿に載っていません");
  }
  if (!member.ok()) return member.status();
  SA_ASSIGN_OR_RETURN(const Parties parties, roster_.PartiesOf(call, request.parent()));
  certificate.set_name(absl::StrCat(request.parent(), "/completionCertificates/", NewId(call.now)));
  certificate.set_display_name(member->display_name());
  certificate.set_company_display_name(parties.company);
  certificate.set_issuer(parties.consultancy);
  certificate.set_recorded_by(call.Actor());
  return certificate;
}

absl::StatusOr<CompletionCertificate> CertificateService::Issue(
    Transaction& tx, const std::string& parent, CompletionCertificate certificate) const {
  SA_ASSIGN_OR_RETURN(const std::vector<CourseProgress> all, ReadProgress(tx, parent));
  std::vector<const CourseProgress*> courses;
  for (const CourseProgress& each : all) {
    if (each.member == certificate.member()) courses.push_back(&each);
  }
  const CourseProgress* complete = CompleteCourse(courses);
  if (complete == nullptr) return NotComplete(certificate.member(), courses);
  SA_ASSIGN_OR_RETURN(const std::string holding,
                      HoldingCertificate(tx, parent, certificate.member(), complete->course));
  if (!holding.empty()) return AlreadyExists("completion certificate", holding);
  SA_ASSIGN_OR_RETURN(const v1::Attempt passed, PassedAttempt(tx, *complete));
  const absl::CivilDay today = TokyoDay(tx.now());
  FillCertificate(*complete, passed, FindCourse(library_, complete->course, passed.pack()), today,
                  certificate);
  SA_ASSIGN_OR_RETURN(*certificate.mutable_number(),
                      NextCertificateNumber(tx, static_cast<int>(today.year())));
  return kCertificates.Insert(tx, std::move(certificate));
}

CertificateService::Reactor* CertificateService::CreateCompletionCertificate(
    Context* context, const v1::CreateCompletionCertificateRequest* request,
    CompletionCertificate* response) {
  return rpc_.Unary(context, request, response,
                    [this, request](const Call& call) -> absl::StatusOr<CompletionCertificate> {
                      SA_ASSIGN_OR_RETURN(const CompletionCertificate named, Named(call, *request));
                      return pool_.Write(
                          call, *request,
                          [&](Transaction& tx) -> absl::StatusOr<CompletionCertificate> {
                            SA_ASSIGN_OR_RETURN(CompletionCertificate stored,
                                                Issue(tx, request->parent(), named));
                            return Shown(std::move(stored));
                          });
                    });
}

CertificateService::Reactor* CertificateService::GetCompletionCertificate(
    Context* context, const v1::GetCompletionCertificateRequest* request,
    CompletionCertificate* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<CompletionCertificate> {
      SA_ASSIGN_OR_RETURN(CompletionCertificate found, kCertificates.Get(tx, request->name()));
      return Shown(std::move(found));
    });
  });
}

CertificateService::Reactor* CertificateService::ListCompletionCertificates(
    Context* context, const v1::ListCompletionCertificatesRequest* request,
    v1::ListCompletionCertificatesResponse* response) {
  using Response = v1::ListCompletionCertificatesResponse;
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Read(call, [&](Transaction& tx) -> absl::StatusOr<Response> {
      SA_ASSIGN_OR_RETURN(auto page, kCertificates.List(tx, request->parent(), *request));
      for (CompletionCertificate& each : page.items) each = Shown(std::move(each));
      return pg::ToResponse(std::move(page), &Response::mutable_completion_certificates);
    });
  });
}

CertificateService::Reactor* CertificateService::RevokeCompletionCertificate(
    Context* context, const v1::RevokeCompletionCertificateRequest* request,
    CompletionCertificate* response) {
  return rpc_.Unary(context, request, response, [this, request](const Call& call) {
    return pool_.Write(
        call, *request, [&](Transaction& tx) -> absl::StatusOr<CompletionCertificate> {
          SA_ASSIGN_OR_RETURN(CompletionCertificate found, kCertificates.Lock(tx, request->name()));
          SA_RETURN_IF_ERROR(CheckEtag(request->etag(), found.etag(), found.name()));
          if (found.state() != CompletionCertificate::STATE_ISSUED) {
            return StateConflict(found.name(), CompletionCertificate::State_Name(found.state()),
                                 "revoke");
          }
          found.set_state(CompletionCertificate::STATE_REVOKED);
          found.set_revoke_reason(request->reason());
          found.set_revoked_by(call.Actor());
          *found.mutable_revoke_time() = pg::ToTimestamp(call.now);
          SA_ASSIGN_OR_RETURN(found, kCertificates.Update(tx, std::move(found)));
          return Shown(std::move(found));
        });
  });
}

}  // namespace staraction::training
