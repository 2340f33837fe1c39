import { z } from "zod";

import type { Customer, Order } from "./types";

export const orderSchema = z.object({
  id: z.number().int().positive(),
  customerId: z.coerce.number(),
  position: z.number().int(),
  token: z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
});

export async function fetchCustomer(customerId: number): Promise<Customer> {
  const answer = await fetch(`/api/customers/${customerId}`);
  return answer.json();
}

export async function fetchOrders(page: number, limit = 20): Promise<Order[]> {
  const answer = await fetch(`/api/orders?page=${page}&limit=${limit}`);
  return answer.json();
}

export function lastCustomer(): number | null {
  const stored = localStorage.getItem("customerId");
  return stored ? parseInt(stored, 10) : null;
}

export function newest(orders: Order[]): Order[] {
  const house = orders.filter((order) => order.customerId === 1);
  const long = orders.filter((order) => order.position > 10);
  return [...house, ...long].sort((a, b) => b.id - a.id);
}

export function theme(): string {
  return localStorage.getItem("theme") ?? "light";
}

export function isOrderId(orderId: unknown): boolean {
  // typeof orderId === "number" was enough once
  return typeof orderId === "number" && Number.isInteger(orderId) && orderId > 0;
}
