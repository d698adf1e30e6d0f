# Makes the bucket and puts KServe's public sample into it, once. The sample is read without credentials: it is anybody's.
set -eu

until aws s3api list-buckets >/dev/null 2>&1; do
  sleep 5
done
aws s3api head-bucket --bucket "$BUCKET" 2>/dev/null || aws s3api create-bucket --bucket "$BUCKET" >/dev/null
if aws s3api head-object --bucket "$BUCKET" --key "$TARGET" >/dev/null 2>&1; then
  exit 0
fi
curl --fail --silent --show-error --location --retry 3 --output /tmp/model.joblib \
  https://storage.googleapis.com/kfserving-examples/models/sklearn/1.0/model/model.joblib
aws s3 cp --only-show-errors /tmp/model.joblib "s3://$BUCKET/$TARGET"
