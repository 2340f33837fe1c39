import { useState } from "react";
import { useParams } from "react-router-dom";

import { fetchCustomer } from "../api/client";

export function OrderPage() {
  const { orderId, page } = useParams();
  const order = parseInt(orderId ?? "", 10);
  const shown = Number(page);
  const [selectedCustomerId, setSelectedCustomerId] = useState<number | null>(null);
  const [count, setCount] = useState<number>(0);

  if (isNaN(order)) {
    return <p>No such order</p>;
  }

  const load = async (params: URLSearchParams) => {
    const customerId = +params.get("customerId")!;
    if (!/^\d+$/.test(params.get("customerId")!)) return;
    await fetchCustomer(customerId);
    setCount(count + 1);
  };

  return (
    <form onSubmit={() => load(new URLSearchParams())}>
      <input type="number" name="customerId" />
      <input
        type="number"
        name="order_id"
      />
      <input type="number" name="quantity" value={shown} />
      <p>{selectedCustomerId}</p>
    </form>
  );
}
